import type { Client, WorkflowExecutionDescription, WorkflowExecutionStatusName } from '@temporalio/client';
import type { StatusDocument } from '../contract/http/status.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import { later } from '../contract/later.ts';
import type { ProcessingError } from '../contract/outcomes.ts';
import { endedFromOutside } from '../contract/public-status.ts';
import { lastEvent } from './events.ts';

/** Ends that the workflow's own code may not have written (contract H15). Only a speaker's update is a withdrawal. */
const ends = {
  UNSPECIFIED: undefined,
  UNKNOWN: undefined,
  RUNNING: undefined,
  PAUSED: undefined,
  CONTINUED_AS_NEW: undefined,
  COMPLETED: undefined,
  FAILED: 'processing-failed',
  CANCELLED: 'processing-stopped',
  TERMINATED: 'processing-stopped',
  TIMED_OUT: 'processing-failed',
} satisfies Record<WorkflowExecutionStatusName, ProcessingError | undefined>;

/** What the server does by itself, at one of its limits, or on the way of a reset, it signs with these names. */
const serversOwn = ['history-service', 'history-resetter'];

export function isSignedByServer(identity: string | null | undefined): boolean {
  return serversOwn.some((name) => name === identity);
}

type Execution = Pick<WorkflowExecutionDescription, 'workflowId' | 'runId' | 'status' | 'closeTime'>;

export async function endOf(client: Client, execution: Execution): Promise<ProcessingError | undefined> {
  const { name } = execution.status;
  if (name !== 'TERMINATED') return ends[name];
  const event = await lastEvent(client, execution);
  const isByServer = isSignedByServer(event?.workflowExecutionTerminatedEventAttributes?.identity);
  return isByServer ? 'processing-failed' : ends.TERMINATED;
}

/** The last snapshot, corrected if the workflow was ended from outside. */
export function statusOfExecution(
  last: StatusDocument,
  error: ProcessingError | undefined,
  closedAt: Date | undefined,
): StatusDocument {
  if (error === undefined) return last;
  const at = closedAt?.toISOString() ?? last.lastUpdatedAt;
  if (!isTerminal(last)) return endedFromOutside(last, { kind: 'failed', error }, at);
  if (last.result?.attendance !== 'awaited') return last;
  // Nobody can answer any more; the acceptance stands.
  const { attendance: _, ...result } = last.result;
  return { ...last, result, lastUpdatedAt: later(at, last.lastUpdatedAt) };
}
