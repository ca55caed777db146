import { omitUndefined } from './omit-undefined.ts';
import type { Outcome } from './outcomes.ts';
import { type Stage, stages } from './stages.ts';
import type { Panel, StageVerdict, SubmissionState } from './state.ts';
import type { Submission } from './submission.ts';

/** All that is kept of a submission: what was asked for, and how far it has come. */
export type SubmissionRecord = {
  submission: Submission;
  /** Keyed hash of the request, to tell a retry from another request under the same Idempotency-Key. */
  fingerprint: string;
  state: SubmissionState;
};

/** Who is behind a submission, and who has stepped back from it: all that a conflict of interest is found by. */
export type Parties = Pick<Submission, 'speaker' | 'coSpeakers'> & Pick<SubmissionState, 'conflicts'>;

export function partiesOf({ submission, state }: Pick<SubmissionRecord, 'submission' | 'state'>): Parties {
  const { speaker, coSpeakers } = submission;
  const { conflicts } = state;
  return omitUndefined({ speaker: { name: speaker.name, email: speaker.email }, coSpeakers, conflicts });
}

/** With the conflicts of others that are of the same talk. */
export function withConflictsOf(parties: Parties, others: readonly Parties[]): Parties {
  const conflicts = [...(parties.conflicts ?? [])];
  for (const one of others.flatMap((other) => other.conflicts ?? []))
    if (conflicts.every(({ by }) => by !== one.by)) conflicts.push(one);
  return conflicts.length === 0 ? parties : { ...parties, conflicts };
}

/** A verdict takes the submission to the next stage, unless there is none, or it doesn't pass. It replaces an earlier one. */
export function afterVerdict(
  { verdicts }: Pick<SubmissionState, 'verdicts'>,
  verdict: StageVerdict,
): Pick<SubmissionState, 'stage' | 'verdicts'> {
  const next = verdict.outcome === 'passed' ? stages[stages.indexOf(verdict.stage) + 1] : undefined;
  return {
    verdicts: [...verdicts.filter(({ stage }) => stage !== verdict.stage), verdict],
    stage: next ?? verdict.stage,
  };
}

/** The verdict of the stage that it is in, once there is one: then it is decided. */
export function verdictOf({ stage, verdicts }: Pick<SubmissionState, 'stage' | 'verdicts'>): StageVerdict | undefined {
  const latest = verdicts.at(-1);
  return latest?.stage === stage ? latest : undefined;
}

/** The panel that takes reviews and decisions now, if there is one. */
export function panelAtWork(state: SubmissionState): Panel | undefined {
  const { panel, stage, conclusion } = state;
  const isOpen = panel?.stage === stage && !panel.isClosed && conclusion === undefined;
  return isOpen && verdictOf(state) === undefined ? panel : undefined;
}

const decisions = { passed: 'accepted', rejected: 'rejected', waitlisted: 'waitlisted' } as const satisfies Record<
  StageVerdict['outcome'],
  Outcome
>;

/** What it was decided to be. Whether it may be told is another question. */
export function decisionOf(state: Pick<SubmissionState, 'stage' | 'verdicts'>): Outcome | undefined {
  const verdict = verdictOf(state);
  return verdict && decisions[verdict.outcome];
}

/** By these, one that goes on from another comes to a place of its own. */
const placing = ['decide', 'promote', 'announce'];

/**
 * It was to be accepted, or was: without it, its place is free. A call that is closed gives no place on. Nor does one that
 * goes on from another, as long as it is accepted by the verdicts of that one only, whose place has gone to the next.
 */
export function hadPlace(state: SubmissionState): boolean {
  const { closing, original, commands = [] } = state;
  if (closing !== undefined || decisionOf(state) !== 'accepted') return false;
  return original === undefined || commands.some(({ command }) => placing.includes(command));
}

type Awaited = Stage | 'announcement' | 'place' | 'attendance';

/** What operators see it waiting for: a verdict, the announcement of what was decided, a place, the speaker's answer. */
export function awaited({
  conclusion,
  isOnWaitlist,
  attendance,
  isOver,
  ...state
}: Pick<SubmissionState, 'stage' | 'verdicts' | 'conclusion' | 'isOnWaitlist' | 'attendance' | 'isOver'>): Awaited {
  if (attendance?.answer === 'awaited' && !isOver) return 'attendance';
  if (conclusion === undefined && verdictOf(state)) return isOnWaitlist ? 'place' : 'announcement';
  return state.stage === 'received' ? stages[0] : state.stage;
}
