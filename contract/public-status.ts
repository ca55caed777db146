import type { Attendance } from './attendance.ts';
import type { StatusDocument } from './http/status.ts';
import { later } from './later.ts';
import { omitUndefined } from './omit-undefined.ts';
import { outcomes, type ProcessingError, processingErrors } from './outcomes.ts';
import { type PublicStage, stages } from './stages.ts';
import type { Conclusion, SubmissionState } from './state.ts';

/**
 * What a reader may know now: pure, and the only door from the inside of a submission to the outside (contract H2 to
 * H5). A conclusion without a face of its own is a type error here, and so can't reach a client.
 */
export function publicStatus(state: SubmissionState): StatusDocument {
  const { status, ...more } = state.conclusion ? face(state.conclusion, state.attendance?.answer) : beforeTheEnd(state);
  return {
    id: state.id,
    status,
    stage: publicStage(state),
    createdAt: state.createdAt,
    lastUpdatedAt: state.lastUpdatedAt,
    progress: { completed: completedStages(state), total: stages.length },
    ...more,
  };
}

/** Nothing of the way between the receipt and the announcement is told where answers are kept back (contract H19). */
function publicStage({ disclosure, stage }: SubmissionState): PublicStage {
  return disclosure === 'until-announced' && stage !== 'received' ? 'under-review' : stage;
}

/** Also after the announcement: at which stage a rejection came is told only where the stages were. */
function completedStages({ disclosure, stage, verdicts, conclusion, isOnWaitlist }: SubmissionState): number {
  const isAnnounced = isOnWaitlist || (conclusion !== undefined && isOutcome(conclusion.kind));
  if (disclosure === 'until-announced') return isAnnounced ? stages.length : 0;
  // What the stage that it is in has come to is told with the outcome.
  return isAnnounced ? verdicts.length : verdicts.filter((verdict) => verdict.stage !== stage).length;
}

function beforeTheEnd({ stage, isOnWaitlist }: SubmissionState): Pick<StatusDocument, 'status' | 'result'> {
  if (isOnWaitlist) return { status: 'Running', result: { outcome: 'waitlisted' } };
  return { status: stage === 'received' ? 'NotStarted' : 'Running' };
}

function isOutcome(kind: Conclusion['kind']): boolean {
  return outcomes.some((outcome) => outcome === kind);
}

/** The last public snapshot of a submission whose workflow was ended from outside, before it could say so itself. */
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
