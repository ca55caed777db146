import { omitUndefined } from './omit-undefined.ts';
import type { Outcome } from './outcomes.ts';
import { type Stage, type SubmissionStage, stages } from './stages.ts';
import type { Panel, StageVerdict, SubmissionState } from './state.ts';
import type { Submission } from './submission.ts';

export type SubmissionRecord = {
  submission: Submission;
  /** Keyed hash of the request. It distinguishes a retry from another request with the same Idempotency-Key. */
  fingerprint: string;
  state: SubmissionState;
};

/** What conflicts of interest are found by: the speakers, and the conflicts declared so far. */
export type Parties = Pick<Submission, 'speaker' | 'coSpeakers'> & Pick<SubmissionState, 'conflicts'>;

export function partiesOf({ submission, state }: Pick<SubmissionRecord, 'submission' | 'state'>): Parties {
  const { speaker, coSpeakers } = submission;
  const { conflicts } = state;
  return omitUndefined({ speaker: { name: speaker.name, email: speaker.email }, coSpeakers, conflicts });
}

export function withConflictsOf(parties: Parties, others: readonly Parties[]): Parties {
  const conflicts = [...(parties.conflicts ?? [])];
  for (const one of others.flatMap((other) => other.conflicts ?? []))
    if (conflicts.every(({ by }) => by !== one.by)) conflicts.push(one);
  return conflicts.length === 0 ? parties : { ...parties, conflicts };
}

/** Applies a verdict: it replaces an earlier one of its stage, and `passed` leads to the next stage, if there is one. */
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

export function panelAtWork(state: SubmissionState): Panel | undefined {
  const { panel, stage, conclusion } = state;
  const isOpen = panel?.stage === stage && !panel.isClosed && conclusion === undefined;
  return isOpen && verdictOf(state) === undefined ? panel : undefined;
}

const decisions = { passed: 'accepted', rejected: 'rejected', waitlisted: 'waitlisted' } as const satisfies Record<
  StageVerdict['outcome'],
  Outcome
>;

/** The outcome decided on, whether or not it is announced. */
export function decisionOf(state: Pick<SubmissionState, 'stage' | 'verdicts'>): Outcome | undefined {
  const verdict = verdictOf(state);
  return verdict && decisions[verdict.outcome];
}

/** Commands that give a reopened submission a slot of its own. */
const slotCommands = ['decide', 'promote', 'announce'];

/** A closed call passes no slots on. A reopened submission has none by the verdicts of its original, whose slot is gone. */
export function hadSlot(state: SubmissionState): boolean {
  const { closing, original, commands = [] } = state;
  if (closing !== undefined || decisionOf(state) !== 'accepted') return false;
  return original === undefined || commands.some(({ command }) => slotCommands.includes(command));
}

type Awaits = Stage | 'announcement' | 'slot' | 'attendance';

export function awaits({
  conclusion,
  isOnWaitlist,
  attendance,
  isOver,
  ...state
}: Pick<SubmissionState, 'stage' | 'verdicts' | 'conclusion' | 'isOnWaitlist' | 'attendance' | 'isOver'>): Awaits {
  if (attendance?.answer === 'awaited' && !isOver) return 'attendance';
  if (conclusion === undefined && verdictOf(state)) return isOnWaitlist ? 'slot' : 'announcement';
  return state.stage === 'received' ? stages[0] : state.stage;
}
