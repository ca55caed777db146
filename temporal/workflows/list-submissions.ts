import type { Client } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { delivery, submissionOfDelivery } from '../../contract/workflow/deliveries.ts';
import { submissionIdOf, workflowType } from '../../contract/workflow/workflow-ids.ts';
import { executionsOf } from '../executions.ts';

/** `since` limits the list to workflows that are running, or have ended since then. */
export type Listed = { kind: 'submissions' | 'deliveries'; since: string | undefined };

const kinds = {
  submissions: { type: workflowType, idOf: submissionIdOf },
  deliveries: { type: delivery, idOf: submissionOfDelivery },
};

/** Yields pages; the last one may be empty. */
export async function* listSubmissions(
  client: Client,
  { kind, since }: Listed,
  pageSize: number,
): AsyncGenerator<SubmissionId[]> {
  const { type, idOf } = kinds[kind];
  const condition = since === undefined ? '' : ` AND (ExecutionStatus = 'Running' OR CloseTime > '${since}')`;
  let ids = new Set<SubmissionId>();
  for await (const { workflowId } of executionsOf(client, {
    query: `WorkflowType = '${type}'${condition}`,
    pageSize,
  })) {
    const id = idOf(workflowId);
    if (id !== undefined) ids.add(id);
    if (ids.size < pageSize) continue;
    yield [...ids];
    ids = new Set();
  }
  yield [...ids];
}
