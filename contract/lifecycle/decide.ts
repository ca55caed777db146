import type { CallRules } from '../call/rules.ts';
import { rulesOfStage } from '../call/rules-of-stage.ts';
import { meanRatings, panelNumbers, scoredReviews } from '../committee/scores.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { afterVerdict, currentVerdict, isOnWaitlist, isStuck, recheckOf, stageOf, workOf } from '../record.ts';
import type { Stage } from '../stages.ts';
import type { StageVerdict, SubmissionState, Verdict } from '../state.ts';
import type { DecideCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { isSameDecision } from '../workflow/same-decision.ts';
import { withCommand } from './change.ts';
import { assertImpartial, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Decides on the current stage, or changes the decision until it is announced. No cap: organisers can always decide. */
export const decide: CommandRule<DecideCommand, StageVerdict> = {
  description: 'An organiser decides',
  waitsForOutcome: true,

  check({ state, rules }, command) {
    assertImpartial(state, command.by);
    if (repeated(state, command)) return;
    assertNotAnnounced(state);
    const standing = currentVerdict(state);
    assertStands(state, standing, command);
    const { stage, outcome } = command;
    if (outcome === 'waitlisted' && stage !== state.stages.at(-1))
      refuse('no-waiting-list-here', 'Only the last stage has a waiting list');
    // The speaker knows of the waiting list: from there, only a promotion is possible.
    if (isOnWaitlist(state) && outcome !== 'passed')
      refuse('already-decided', 'It is on the waiting list', standing ? view(standing) : {});
    assertQuorum(command, state, rules);
    assertUnchanged(state, command);
  },

  apply({ state, rules, now }, command) {
    const standing = repeated(state, command);
    if (standing) return { result: standing };
    const verdict = decided(command, state, rules, now);
    const { by, reason } = command;
    const change = {
      ...afterVerdict(state, verdict, now),
      ...withCommand(state, { by, command: 'decide', reason, detail: describe(command) }, now),
      ...(state.original !== undefined && { hasOwnSlot: true as const }),
      ...(state.recheck && { recheck: undefined }),
    };
    return { change, result: verdict };
  },
};

function assertNotAnnounced({ course }: SubmissionState): void {
  const isOpen = course.at === 'received' || course.at === 'stage';
  if (isOpen || (course.at === 'decided' && course.announced !== 'yes')) return;
  refuse(alreadyConcluded, 'The answer is announced');
}

/** The decision is meant for the stage and the verdict that stand. */
function assertStands(
  state: SubmissionState,
  standing: StageVerdict | undefined,
  { stage, replaces }: DecideCommand,
): void {
  const now = stageOf(state);
  if (now !== stage || (standing === undefined && replaces !== undefined))
    refuse('already-decided', 'It is at another stage', { stage: now, ...(standing && view(standing)) });
  if (standing && replaces !== standing.number) refuse('already-decided', 'It is decided', view(standing));
  if (standing === undefined && !isForPeople(state))
    refuse('not-under-review', 'Nobody is asked for a decision on the submission');
}

function isForPeople(state: SubmissionState): boolean {
  const kind = workOf(state)?.kind;
  return kind === 'panel' || kind === 'referral' || isStuck(state) || recheckOf(state) !== undefined;
}

function assertQuorum({ stage, override }: DecideCommand, { reviews = [], course }: SubmissionState, rules: CallRules) {
  const { policy } = rulesOfStage(rules, stage);
  // A referral asks for one person's judgement.
  if (policy.kind !== 'panel' || override || (course.at === 'stage' && course.work.kind === 'referral')) return;
  const count = scoredReviews(reviews, stage).length;
  if (count < policy.quorum)
    refuse('quorum-not-reached', `${count} of ${policy.quorum} reviews are in`, {
      quorum: policy.quorum,
      reviews: count,
    });
}

function decided(command: DecideCommand, state: SubmissionState, { criteria }: CallRules, now: string): StageVerdict {
  const { by, stage, outcome, reason, override, rank } = command;
  return {
    ...verdictOfPanel(state, stage, criteria),
    outcome,
    stage,
    by,
    ...omitUndefined({ reason, override, rank, findings: findingsOf(state) }),
    decidedAt: now,
    number: state.revision + 1,
  };
}

function findingsOf(state: SubmissionState): StageVerdict['findings'] {
  const work = workOf(state);
  return (work?.kind === 'referral' ? work.verdict : currentVerdict(state))?.findings;
}

function verdictOfPanel(
  { reviews = [] }: SubmissionState,
  stage: Stage,
  criteria: CallRules['criteria'],
): Omit<Verdict, 'outcome'> {
  const counted = scoredReviews(reviews, stage);
  const ratings = meanRatings(counted, criteria);
  const reasons = [{ code: 'decided', detail: `Decided by an organiser, with ${counted.length} reviews.` }];
  const { mean: panelScore } = panelNumbers(reviews, stage);
  return omitUndefined({ reasons, ratings: ratings.length > 0 ? ratings : undefined, panelScore });
}

/** The decision that the command repeats. It stands, though the submission may be at a later stage, or told. */
function repeated({ verdicts }: SubmissionState, command: DecideCommand): StageVerdict | undefined {
  return verdicts.find((standing) => isSameDecision(standing, command));
}

/** For the organiser whose decision is refused (contract H23). */
function view({ stage, outcome, by, number, decidedAt }: StageVerdict) {
  return { decision: omitUndefined({ stage, outcome, number, decidedAt, by }) };
}

function describe({ stage, outcome, override, replaces }: DecideCommand): string {
  const how = [override ? ', without the quorum' : '', replaces === undefined ? '' : `, in place of ${replaces}`];
  return `${stage}: ${outcome}${how.join('')}`;
}
