import type { Attendance } from './attendance.ts';
import type { StatusDocument } from './http/status.ts';
import { later } from './later.ts';
import { omitUndefined } from './omit-undefined.ts';
import { outcomes, type ProcessingError, processingErrors } from './outcomes.ts';
import { attendanceOf, type Conclusion, conclusionOf, isOnWaitlist, stageOf } from './record.ts';
import type { PublicStage } from './stages.ts';
import type { SubmissionState } from './state.ts';

/** Returns the status that a reader may know now. Nothing else crosses from the state to the public (contract H2 to H5). */
export function publicStatus(state: SubmissionState): StatusDocument {
  const conclusion = conclusionOf(state);
  const { status, ...more } = conclusion ? face(conclusion, attendanceOf(state)?.answer) : beforeTheEnd(state);
  return {
    id: state.id,
    status,
    stage: publicStage(state),
    createdAt: state.createdAt,
    lastUpdatedAt: state.lastUpdatedAt,
    progress: { completed: completedStages(state, conclusion), total: state.stages.length },
    ...more,
  };
}

function publicStage(state: SubmissionState): PublicStage {
  const stage = stageOf(state);
  const { disclosure } = state;
  return disclosure === 'until-announced' && stage !== 'received' ? 'under-review' : stage;
}

/** Withheld stages stay withheld after the announcement: the count would tell at which one a rejection came. */
function completedStages(state: SubmissionState, conclusion: Conclusion | undefined): number {
  const { disclosure, stages, verdicts } = state;
  const isAnnounced = wasOnWaitlist(state) || (conclusion !== undefined && isOutcome(conclusion.kind));
  if (disclosure === 'until-announced') return isAnnounced ? stages.length : 0;
  const stage = stageOf(state);
  // The verdict of the current stage is announced with the outcome.
  return isAnnounced ? verdicts.length : verdicts.filter((verdict) => verdict.stage !== stage).length;
}

function beforeTheEnd(state: SubmissionState): Pick<StatusDocument, 'status' | 'result'> {
  if (isOnWaitlist(state)) return { status: 'Running', result: { outcome: 'waitlisted' } };
  return { status: state.course.at === 'received' ? 'NotStarted' : 'Running' };
}

/** Leaving the waiting list doesn't take back what was told. */
function wasOnWaitlist(state: SubmissionState): boolean {
  return isOnWaitlist(state) || (state.releases ?? []).some(({ name }) => name === 'waitlisted');
}

function isOutcome(kind: Conclusion['kind']): boolean {
  return outcomes.some((outcome) => outcome === kind);
}

/** Updates the last public snapshot of a workflow that was cancelled, terminated or timed out by an operator. */
export function endedFromOutside(
  last: StatusDocument,
  how: { kind: 'withdrawn' } | { kind: 'failed'; error: ProcessingError },
  at: string,
): StatusDocument {
  const { result: _, ...document } = last;
  return { ...document, ...face(how), lastUpdatedAt: later(at, last.lastUpdatedAt) };
}

function face(conclusion: Conclusion, attendance?: Attendance): Pick<StatusDocument, 'status' | 'result' | 'error'> {
  switch (conclusion.kind) {
    case 'accepted':
      return { status: 'Succeeded', result: omitUndefined({ outcome: 'accepted' as const, attendance }) };
    case 'rejected':
    case 'waitlisted':
      return { status: 'Succeeded', result: { outcome: conclusion.kind } };
    case 'withdrawn':
      return { status: 'Canceled' };
    case 'failed':
      return {
        status: 'Failed',
        error: { code: conclusion.error, message: processingErrors[conclusion.error] },
      };
    default:
      return conclusion satisfies never;
  }
}
