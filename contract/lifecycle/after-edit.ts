/** What becomes of verdicts, referrals and findings when the text is another one. */
import type { CallRules } from '../call/rules.ts';
import type { Finding } from '../findings.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { conclusionOf, currentVerdict, findingsIn, stageOf, workOf } from '../record.ts';
import type { Course, StageVerdict, SubmissionState } from '../state.ts';
import { type Change, withReleases } from './change.ts';
import { begunAgain } from './set-processing.ts';
import type { Judgement } from './steps.ts';

/** @param judgement of the new text by the moderation, which doesn't reject it; missing where there is no moderation */
export function afterEdit(
  state: SubmissionState,
  rules: CallRules,
  judgement: Judgement | undefined,
  now: string,
): Change {
  const anew = judgedAnew(state, rules, now);
  if (judgement === undefined) return anew;
  if (stageOf(state) === 'received') return {};
  if (stageOf(state) === 'moderation' && (workOf(state) || anew.course))
    return { ...anew, ...inModeration(state, judgement, now) };
  return {
    ...withFindings(state, anew, judgement.findings),
    ...recheckBy(state, judgement),
    ...referredAgain(state, judgement, now),
  };
}

/**
 * An automatic verdict that nobody was told of is of the text that stands: the stage judges again. Else a speaker who has
 * repaired a text would be told what was wrong with the old one. Readers see the same stage as before.
 */
function judgedAnew(state: SubmissionState, rules: CallRules, now: string): Pick<Change, 'course' | 'verdicts'> {
  const { course, verdicts, promotedBy, original, closing } = state;
  const verdict = currentVerdict(state);
  if (course.at !== 'decided' || course.announced !== 'no' || verdict === undefined || verdict.by !== undefined)
    return {};
  // A slot that was given to it stays with it; a reopened one is as its original was; and a closed call tells at once.
  if (promotedBy !== undefined || original !== undefined || closing !== undefined) return {};
  const { stage } = course;
  const begun: Course = { at: 'stage', stage, since: verdict.decidedAt, work: { kind: 'begun' } };
  const work = begunAgain({ ...state, course: begun }, rules, now);
  return { course: { ...begun, work }, verdicts: verdicts.filter((one) => one !== verdict) };
}

/** The usual course judges the new text. An open referral is about it, with the whole time; the organisers know of it. */
function inModeration(state: SubmissionState, judgement: Judgement, now: string): Change {
  const { course } = state;
  if (course.at !== 'stage' || course.work.kind !== 'referral') return {};
  const { referral, ...verdict } = judgement;
  if (referral === undefined) return { course: { ...course, work: { kind: 'begun' } } };
  const { isEscalated } = course.work;
  const made: StageVerdict = { ...verdict, stage: course.stage, decidedAt: now, number: state.revision + 1 };
  return {
    course: { ...course, work: omitUndefined({ kind: 'referral' as const, ...referral, isEscalated, verdict: made }) },
    ...referredAgain(state, judgement, now),
  };
}

/** What was found is found in the text that stands; the verdict stays what it was. */
function withFindings(
  state: SubmissionState,
  { course, verdicts = state.verdicts }: Pick<Change, 'course' | 'verdicts'>,
  found: Finding[] | undefined,
): Change {
  const changed = verdicts.map((verdict) => {
    const { findings: _, ...rest } = verdict;
    return verdict.stage === 'moderation' && verdict.outcome !== 'rejected'
      ? omitUndefined({ ...rest, findings: found })
      : verdict;
  });
  return { ...(course && { course }), verdicts: changed };
}

/** A decision of people stands, and what was told can't be taken back. */
function recheckBy(state: SubmissionState, { referral, findings = [] }: Judgement): Change {
  const isDecided = currentVerdict(state)?.by !== undefined;
  if (referral === undefined || isDecided || conclusionOf(state) !== undefined)
    return state.recheck ? { recheck: undefined } : {};
  const { isEscalated } = state.recheck ?? {};
  return { recheck: omitUndefined({ ...referral, isEscalated, findings }) };
}

/** Organisers are told of what the text before did not have. */
function referredAgain(state: SubmissionState, { findings = [] }: Judgement, now: string): Change {
  const isReferred = ({ consequence }: Finding) => consequence === 'refer';
  const known = new Set(
    [...findingsIn(state), ...(state.recheck?.findings ?? [])].filter(isReferred).map(({ check }) => check),
  );
  const isNew = findings.some((one) => isReferred(one) && !known.has(one.check));
  return isNew ? withReleases(state, now, 'referred') : {};
}
