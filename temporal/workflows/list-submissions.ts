import type { Client, WorkflowExecutionStatusName } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { delivery, submissionOfDelivery } from '../../contract/workflow/deliveries.ts';
import { submissionIdOf, workflowType } from '../../contract/workflow/workflow-ids.ts';
import { executionsOf } from '../executions.ts';

/** `since` limits the list to workflows that are running, or have ended since then. */
export type Listed = { kind: 'submissions' | 'deliveries'; since: string | undefined };

export type ListedRun = { id: SubmissionId; run: string; status: WorkflowExecutionStatusName };

const kinds = {
  submissions: { type: workflowType, idOf: submissionIdOf },
  deliveries: { type: delivery, idOf: submissionOfDelivery },
};

/** Yields pages; the last one may be empty. A submission has several runs, for example after a reset. */
export async function* listRuns(
  client: Client,
  { kind, since }: Listed,
  pageSize: number,
): AsyncGenerator<ListedRun[]> {
  const { type, idOf } = kinds[kind];
  const condition = since === undefined ? '' : ` AND (ExecutionStatus = 'Running' OR CloseTime > '${since}')`;
  let runs: ListedRun[] = [];
  for await (const { workflowId, runId, status } of executionsOf(client, {
    query: `WorkflowType = '${type}'${condition}`,
    pageSize,
  })) {
    const id = idOf(workflowId);
    if (id !== undefined) runs.push({ id, run: runId, status: status.name });
    if (runs.length < pageSize) continue;
    yield runs;
    runs = [];
  }
  yield runs;
}

export async function* listSubmissions(
  client: Client,
  listed: Listed,
  pageSize: number,
): AsyncGenerator<SubmissionId[]> {
  for await (const runs of listRuns(client, listed, pageSize)) yield [...new Set(runs.map(({ id }) => id))];
}
