import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import { type BoundedClient, undefinedIfNotFound } from '../bounded-calls.ts';

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
