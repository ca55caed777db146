import type { WorkflowExecutionStatusName } from '@temporalio/client';
import type { StatusDocument } from '../contract/http/status.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import { endedFromOutside } from '../contract/public-status.ts';

export type End = Parameters<typeof endedFromOutside>[1];

/** How a workflow that didn't end by its own code reads (contract H15). The others wrote their end themselves. */
const ends = {
  UNSPECIFIED: undefined,
  UNKNOWN: undefined,
  RUNNING: undefined,
  PAUSED: undefined,
  CONTINUED_AS_NEW: undefined,
  COMPLETED: undefined,
  FAILED: { kind: 'failed', error: 'processing-failed' },
  CANCELLED: { kind: 'withdrawn' },
  TERMINATED: { kind: 'failed', error: 'processing-stopped' },
  TIMED_OUT: { kind: 'failed', error: 'processing-timed-out' },
} satisfies Record<WorkflowExecutionStatusName, End | undefined>;

/** How a workflow was ended from outside, if it was. */
export function endOf(name: WorkflowExecutionStatusName): End | undefined {
  return ends[name];
}

/** The public status of a workflow by its last snapshot, corrected by how Temporal says that it ended. */
export function statusOfExecution(
  name: WorkflowExecutionStatusName,
  last: StatusDocument,
  closedAt: Date | undefined,
): StatusDocument {
  const end = endOf(name);
  if (end === undefined || isTerminal(last)) return last;
  return endedFromOutside(last, end, closedAt?.toISOString() ?? last.lastUpdatedAt);
}
