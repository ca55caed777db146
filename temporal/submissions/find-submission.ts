import { z } from 'zod';
import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import { type BoundedClient, undefinedIfNotFound } from '../bounded-calls.ts';
import { endOf, statusOfExecution } from '../execution-status.ts';

export type Existing = { fingerprint: string; status: StatusDocument };

const memoSchema = z.object({ publicStatus: statusDocumentSchema, fingerprint: z.string() });

/** Reads the memo of the workflow; needs no worker. @throws TemporalUnavailableError */
export async function findSubmission(
  { client, bounded }: BoundedClient,
  id: SubmissionId,
  deadline: Deadline,
): Promise<Existing | undefined> {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  const description = await bounded(deadline, () => handle.describe()).catch(undefinedIfNotFound);
  if (!description) return undefined;
  const { publicStatus: last, fingerprint } = memoSchema.parse(description.memo);
  const end = await bounded(deadline, () => endOf(client, description));
  return { fingerprint, status: statusOfExecution(last, end, description.closeTime) };
}

/** Queries the workflow. @throws TemporalUnavailableError without a worker */
export async function queryStatus(
  { client, bounded }: BoundedClient,
  id: SubmissionId,
  deadline: Deadline,
): Promise<StatusDocument | undefined> {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  const answer = await bounded(deadline, () => handle.query(publicStatusQuery)).catch(undefinedIfNotFound);
  return answer && statusDocumentSchema.parse(answer);
}
