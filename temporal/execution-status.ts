import type { WorkflowExecutionStatusName } from '@temporalio/client';
import type { StatusDocument } from '../contract/http/status.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import { endedFromOutside } from '../contract/public-status.ts';

export type End = Parameters<typeof endedFromOutside>[1];

/** The end of a workflow that was ended from outside (contract H15). Others have written their end themselves. */
const ends = {
  UNSPECIFIED: undefined,
  UNKNOWN: undefined,
  RUNNING: undefined,
  PAUSED: undefined,
  CONTINUED_AS_NEW: undefined,
  COMPLETED: undefined,
  FAILED: { kind: 'failed', error: 'processing-failed' },
  CANCELLED: { kind: 'failed', error: 'processing-stopped' },
  TERMINATED: { kind: 'failed', error: 'processing-stopped' },
  TIMED_OUT: { kind: 'failed', error: 'processing-timed-out' },
} satisfies Record<WorkflowExecutionStatusName, End | undefined>;

export function endOf(name: WorkflowExecutionStatusName): End | undefined {
  return ends[name];
}

/** The last snapshot, corrected if the workflow was ended from outside. */
export function statusOfExecution(
  name: WorkflowExecutionStatusName,
  last: StatusDocument,
  closedAt: Date | undefined,
): StatusDocument {
  const end = endOf(name);
  if (end === undefined || isTerminal(last)) return last;
  return endedFromOutside(last, end, closedAt?.toISOString() ?? last.lastUpdatedAt);
}
