import type { Finding } from './findings.ts';
import { omitUndefined } from './omit-undefined.ts';
import type { Outcome, ProcessingError } from './outcomes.ts';
import { type Stage, type SubmissionStage, stages } from './stages.ts';
import type { Attendance, Course, InvitedCoSpeaker, StageVerdict, SubmissionState, Work } from './state.ts';
import type { Submission } from './submission.ts';

export type SubmissionRecord = {
  submission: Submission;
  /** Keyed hash of the request. It distinguishes a retry from another request with the same Idempotency-Key. */
  fingerprint: string;
  state: SubmissionState;
};

/** What conflicts of interest are found by: the speakers, with addresses that were corrected, and the conflicts declared so far. */
export type Parties = Pick<Submission, 'speaker' | 'coSpeakers'> &
  Pick<SubmissionState, 'conflicts'> & { formerAddresses?: string[] };

export function partiesOf({ submission, state }: Pick<SubmissionRecord, 'submission' | 'state'>): Parties {
  const { speaker, coSpeakers } = submission;
  const { conflicts, addresses = [], formerCoSpeakers = [] } = state;
  const former = [...addresses.filter((_, number) => number !== addressOf(state)), ...formerCoSpeakers];
  return omitUndefined({
    speaker: { name: speaker.name, email: speaker.email },
    coSpeakers,
    conflicts,
    formerAddresses: addresses.length > 0 || former.length > 0 ? former : undefined,
  });
}

/** When the text that stands was written. */
export function editedAt({ edits = [], createdAt }: Pick<SubmissionState, 'edits' | 'createdAt'>): string {
  return edits.at(-1)?.at ?? createdAt;
}

/** The version of the text that stands. */
export function editionOf({ edition = 1 }: Pick<SubmissionState, 'edition'>): number {
  return edition;
}

type Addressed = Pick<SubmissionState, 'addresses' | 'address'>;

/** The number of the speaker's address among those that were named; 0 is the one submitted. */
export function addressOf({ addresses = [], address }: Addressed): number {
  return address ?? Math.max(0, addresses.length - 1);
}

/** The submission, with the address that its speaker has now. */
export function withAddress(submission: Submission, state: Addressed): Submission {
  const email = state.addresses?.[addressOf(state)];
  return email === undefined ? submission : { ...submission, speaker: { ...submission.speaker, email } };
}

/** The invited co-speakers whom the text still names, as it names them: links to the others have ended. */
export function stillNamed(
  { coSpeakers = [] }: Pick<Submission, 'coSpeakers'>,
  { coSpeakers: invited = [] }: Pick<SubmissionState, 'coSpeakers'>,
): InvitedCoSpeaker[] {
  return invited.flatMap((one) => {
    if (one.isRemoved) return [];
    const named = coSpeakers.find(({ email }) => email === one.email);
    return named === undefined ? [] : [{ ...one, name: named.name }];
  });
}

/** Whether whoever reads the mail to an address has ever said that it is theirs, for this submission. */
export function isProvedAddress(
  state: Addressed & Pick<SubmissionState, 'proved' | 'provedAddresses'>,
  number: number,
): boolean {
  return state.provedAddresses?.includes(number) === true || (state.proved === true && number === addressOf(state));
}

/** Of the speaker's tokens: earlier ones have ended (contract H40). */
export function generationOf({ generation, ...state }: Addressed & Pick<SubmissionState, 'generation'>): number {
  return generation ?? addressOf(state);
}

export function withConflictsOf(parties: Parties, others: readonly Parties[]): Parties {
  const conflicts = [...(parties.conflicts ?? [])];
  for (const one of others.flatMap((other) => other.conflicts ?? []))
    if (conflicts.every(({ by }) => by !== one.by)) conflicts.push(one);
  return conflicts.length === 0 ? parties : { ...parties, conflicts };
}

type Standing = Pick<SubmissionState, 'course'>;

export function stageOf({ course }: Standing): SubmissionStage {
  return course.at === 'received' ? 'received' : course.stage;
}

/** When it came into the stage that it is in; `null` once the stage is decided. */
export function stageSince({ course, createdAt }: Pick<SubmissionState, 'course' | 'createdAt'>): string | null {
  if (course.at === 'received') return createdAt;
  return course.at === 'stage' ? course.since : null;
}

/** The announced outcome, or another end. */
export type Conclusion = { kind: Outcome } | { kind: 'withdrawn' } | { kind: 'failed'; error: ProcessingError };

export function conclusionOf({ course }: Standing): Conclusion | undefined {
  switch (course.at) {
    case 'received':
    case 'stage':
    case 'decided':
      return undefined;
    case 'failed':
      return { kind: 'failed', error: course.error };
    case 'accepted':
    case 'rejected':
    case 'waitlisted':
    case 'withdrawn':
      return { kind: course.at };
    default:
      return course satisfies never;
  }
}

export function attendanceOf({ course }: Standing): Attendance | undefined {
  return course.at === 'accepted' ? course.attendance : undefined;
}

/** Whether the speaker knows that it is on the waiting list. */
export function isOnWaitlist({ course }: Standing): boolean {
  return course.at === 'decided' && course.announced === 'on-waiting-list';
}

/** Whether nothing is awaited any more, for pollers and for the closing of the call. */
export function isOver(state: Standing): boolean {
  return conclusionOf(state) !== undefined && attendanceOf(state)?.answer !== 'awaited';
}

export function workOf({ course }: Standing): Work | undefined {
  return course.at === 'stage' ? course.work : undefined;
}

/** The panel that takes reviews. */
export function panelAtWork({ course }: Standing): (Extract<Work, { kind: 'panel' }> & { stage: Stage }) | undefined {
  return course.at === 'stage' && course.work.kind === 'panel' ? { ...course.work, stage: course.stage } : undefined;
}

/** What the moderation has found in it, in all. */
export function findingsIn(state: Standing & Pick<SubmissionState, 'verdicts'>): Finding[] {
  const work = workOf(state);
  const verdicts = work?.kind === 'referral' ? [...state.verdicts, work.verdict] : state.verdicts;
  return verdicts.flatMap(({ findings = [] }) => findings);
}

/** Whether the service gave up, and no organiser has said yet what becomes of it. */
export function isStuck(state: Standing): boolean {
  const work = workOf(state);
  return work?.kind === 'stuck' && work.isEnded !== true;
}

/** What people are to judge in a later text, while they may. */
export function recheckOf(state: Standing & Pick<SubmissionState, 'recheck'>): SubmissionState['recheck'] {
  return conclusionOf(state) === undefined ? state.recheck : undefined;
}

/** Whether it waits for the organisers after a deadline, or because the service gave up. */
export function isOverdue(state: Standing & Pick<SubmissionState, 'recheck'>): boolean {
  const work = workOf(state);
  const isLate = (work?.kind === 'panel' || work?.kind === 'referral') && work.isEscalated === true;
  return isStuck(state) || isLate || recheckOf(state)?.isEscalated === true;
}

/** The verdict on the current stage. */
export function verdictOf<One extends Pick<StageVerdict, 'stage'>>({
  stage,
  verdicts,
}: {
  stage: SubmissionStage;
  verdicts: readonly One[];
}): One | undefined {
  const latest = verdicts.at(-1);
  return latest?.stage === stage ? latest : undefined;
}

export function currentVerdict(state: Standing & Pick<SubmissionState, 'verdicts'>): StageVerdict | undefined {
  return verdictOf({ stage: stageOf(state), verdicts: state.verdicts });
}

const decisions = { passed: 'accepted', rejected: 'rejected', waitlisted: 'waitlisted' } as const satisfies Record<
  StageVerdict['outcome'],
  Outcome
>;

/** The outcome decided on, whether or not it is announced. */
export function decisionOf(state: Standing & Pick<SubmissionState, 'verdicts'>): Outcome | undefined {
  const verdict = currentVerdict(state);
  return verdict && decisions[verdict.outcome];
}

/** A closed call passes no slots on. A reopened submission has none by the verdicts of its original, whose slot is gone. */
export function hadSlot(
  state: Pick<SubmissionState, 'course' | 'verdicts' | 'closing' | 'original' | 'hasOwnSlot'>,
): boolean {
  if (state.closing !== undefined || decisionOf(state) !== 'accepted') return false;
  return state.original === undefined || state.hasOwnSlot === true;
}

export const awaited = [...stages, 'announcement', 'slot', 'attendance', 'organisers'] as const;

type Awaits = (typeof awaited)[number];

/** The value of the search attribute `SubmissionAwaits`. */
export function awaits(state: Pick<SubmissionState, 'course' | 'stages' | 'recheck'>): Awaits {
  const { course } = state;
  switch (course.at) {
    case 'received':
      return firstStage(state);
    case 'stage':
      return isOverdue(state) || course.work.kind === 'referral' || isHeldBack(state) ? 'organisers' : course.stage;
    case 'decided':
      return course.announced === 'on-waiting-list' ? 'slot' : 'announcement';
    case 'accepted':
      return course.attendance?.answer === 'awaited' ? 'attendance' : course.stage;
    case 'rejected':
    case 'waitlisted':
      return course.stage;
    case 'withdrawn':
    case 'failed':
      return course.stage === 'received' ? firstStage(state) : course.stage;
    default:
      return course satisfies never;
  }
}

/** A panel judges the later text by itself. */
function isHeldBack(state: Parameters<typeof awaits>[0]): boolean {
  return recheckOf(state) !== undefined && workOf(state)?.kind === 'begun';
}

/** @throws RangeError for a submission without stages: its input is refused before */
export function firstStage({ stages }: Pick<SubmissionState, 'stages'>): Stage {
  const [first] = stages;
  if (first === undefined) throw new RangeError('a submission has at least one stage');
  return first;
}

/** Applies a verdict: it replaces an earlier one of its stage, and `passed` leads to the next stage, if there is one. */
export function afterVerdict(
  state: Pick<SubmissionState, 'verdicts' | 'stages' | 'course'>,
  verdict: StageVerdict,
  now: string,
): Pick<SubmissionState, 'course' | 'verdicts'> {
  const { stages, verdicts, course } = state;
  const { stage } = verdict;
  const next = verdict.outcome === 'passed' ? stages[stages.indexOf(stage) + 1] : undefined;
  const announced = course.at === 'decided' ? course.announced : 'no';
  const after: Course =
    next === undefined
      ? { at: 'decided', stage, announced }
      : { at: 'stage', stage: next, since: now, work: { kind: 'begun' } };
  return { verdicts: [...verdicts.filter((one) => one.stage !== stage), verdict], course: after };
}
