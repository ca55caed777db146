import type { WorkflowExecutionStatusName } from '@temporalio/client';
import type { StatusDocument } from '../contract/http/status.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import { endedFromOutside } from '../contract/public-status.ts';

export type End = Parameters<typeof endedFromOutside>[1];

/** How a workflow that was ended from outside reads (contract H15). The others wrote their end themselves. */
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

export function endOf(name: WorkflowExecutionStatusName): End | undefined {
  return ends[name];
}

/** The last snapshot, corrected by how the workflow was ended. */
export function statusOfExecution(
  name: WorkflowExecutionStatusName,
  last: StatusDocument,
  closedAt: Date | undefined,
): StatusDocument {
  const end = endOf(name);
  if (end === undefined || isTerminal(last)) return last;
  return endedFromOutside(last, end, closedAt?.toISOString() ?? last.lastUpdatedAt);
}
