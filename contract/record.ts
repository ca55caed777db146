import type { Outcome } from './outcomes.ts';
import { type Stage, stages } from './stages.ts';
import type { StageVerdict, SubmissionState } from './state.ts';
import type { Submission } from './submission.ts';

/** All that is kept of a submission: what was asked for, and how far it has come. */
export type SubmissionRecord = {
  submission: Submission;
  /** Keyed hash of the request, to tell a retry from another request under the same Idempotency-Key. */
  fingerprint: string;
  state: SubmissionState;
};

/** A verdict takes the submission to the next stage, unless it rejects, or there is none. */
export function afterVerdict(
  { verdicts }: Pick<SubmissionState, 'verdicts'>,
  verdict: StageVerdict,
): Pick<SubmissionState, 'stage' | 'verdicts'> {
  const next = verdict.outcome === 'passed' ? stages[stages.indexOf(verdict.stage) + 1] : undefined;
  return { verdicts: [...verdicts, verdict], stage: next ?? verdict.stage };
}

/** The verdict of the stage that it is in, once there is one: then it is decided. */
export function verdictOf({ stage, verdicts }: Pick<SubmissionState, 'stage' | 'verdicts'>): StageVerdict | undefined {
  const latest = verdicts.at(-1);
  return latest?.stage === stage ? latest : undefined;
}

/** What it was decided to be. Whether it may be told is another question. */
export function decisionOf(state: Pick<SubmissionState, 'stage' | 'verdicts'>): Outcome | undefined {
  const verdict = verdictOf(state);
  if (verdict === undefined) return undefined;
  return verdict.outcome === 'passed' ? 'accepted' : 'rejected';
}

/** What operators see it waiting for: a verdict, or the announcement of what was decided. */
export function awaited({
  conclusion,
  ...state
}: Pick<SubmissionState, 'stage' | 'verdicts' | 'conclusion'>): Stage | 'announcement' {
  if (conclusion === undefined && verdictOf(state)) return 'announcement';
  return state.stage === 'received' ? stages[0] : state.stage;
}
