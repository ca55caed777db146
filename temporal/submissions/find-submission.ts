import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { z } from 'zod';
import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import { type BoundedClient, undefinedIfNotFound } from '../bounded-calls.ts';
import { endOf, statusOfExecution } from '../execution-status.ts';
import { describeRaw } from '../executions.ts';

export type Existing = { fingerprint: string; status: StatusDocument };

/** What Temporal knows of a submission without a worker. */
export type Described = {
  /** The answer to a query is the same as long as this is. Only equality counts: a reset shortens a history. */
  version: string;
  /** A query would wait for a workflow task, and behind one that fails until its deadline. */
  hasPendingTask: boolean;
  /** Neither ended nor paused: only then a query is answered. */
  isRunning: boolean;
  /** By the memo, and by how it was ended from outside. */
  existing: () => Promise<Existing>;
};

const memoSchema = z.object({ publicStatus: statusDocumentSchema, fingerprint: z.string() });

/** @throws TemporalUnavailableError */
export async function describeSubmission(
  { client, bounded }: BoundedClient,
  id: SubmissionId,
  deadline: Deadline,
): Promise<Described | undefined> {
  const workflowId = workflowIdOf(id);
  const { namespace, loadedDataConverter } = client.options;
  const response = await bounded(deadline, () => describeRaw(client, workflowId)).catch(undefinedIfNotFound);
  const raw = response?.workflowExecutionInfo;
  if (!response || !raw) return undefined;

  return {
    version: `${raw.execution?.runId} ${raw.historyLength}`,
    hasPendingTask: Boolean(response.pendingWorkflowTask),
    isRunning: raw.status === running,
    async existing() {
      const info = await bounded(deadline, () => executionInfoFromRaw(raw, loadedDataConverter, undefined, namespace));
      const { publicStatus: last, fingerprint } = memoSchema.parse(info.memo);
      const end = await bounded(deadline, () => endOf(client, info));
      return { fingerprint, status: statusOfExecution(last, end, info.closeTime) };
    },
  };
}

/** Needs no worker. @throws TemporalUnavailableError */
export async function findSubmission(
  temporal: BoundedClient,
  id: SubmissionId,
  deadline: Deadline,
): Promise<Existing | undefined> {
  return (await describeSubmission(temporal, id, deadline))?.existing();
}

// temporal.api.enums.v1.WorkflowExecutionStatus
const running = 1;
