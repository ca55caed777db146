import type { Client, WorkflowHandle } from '@temporalio/client';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

type Run = { workflowId: string; runId: string };

/** Events per page: the first ones of a run, whatever its history holds. */
const pageSize = 10;

/** The events of a run, in their order, or the last one first, read as they are asked for. */
export async function* eventsOf(
  client: Client,
  execution: Run,
  { isReverse = false, maximumPageSize = pageSize } = {},
): AsyncGenerator<HistoryEvent> {
  const { namespace } = client.options;
  const { workflowService } = client;
  let nextPageToken: Uint8Array | undefined;
  do {
    const request = { namespace, execution, maximumPageSize, ...(nextPageToken && { nextPageToken }) };
    const page = isReverse
      ? await workflowService.getWorkflowExecutionHistoryReverse(request)
      : await workflowService.getWorkflowExecutionHistory(request);
    yield* page.history?.events ?? [];
    nextPageToken = page.nextPageToken;
  } while (nextPageToken && nextPageToken.length > 0);
}

export async function lastEvent(client: Client, { workflowId, runId }: Run): Promise<HistoryEvent | undefined> {
  for await (const event of eventsOf(client, { workflowId, runId }, { isReverse: true, maximumPageSize: 1 }))
    return event;
  return undefined;
}
