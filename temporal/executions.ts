/** Workflows without their memos: to know of one that there is, and how it ended, takes no key. */
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { executionInfoFromRaw, rethrowKnownErrorTypes } from '@temporalio/client/lib/helpers.js';

type Described = Awaited<ReturnType<Client['workflowService']['describeWorkflowExecution']>>;
type Raw = NonNullable<Described['workflowExecutionInfo']>;

/** @throws WorkflowNotFoundError */
export async function executionOf(client: Client, workflowId: string, runId?: string) {
  const { workflowExecutionInfo: raw, workflowExtendedInfo: extended } = await describeRaw(client, workflowId, runId);
  if (!raw) throw new WorkflowNotFoundError('it has no execution', workflowId, undefined);
  return { ...(await withoutMemo(client, raw)), extended };
}

/** The SDK's own `describe` decodes memo and search attributes each time: a quarter of its cost. @throws WorkflowNotFoundError */
export async function describeRaw(client: Client, workflowId: string, runId = ''): Promise<Described> {
  const { namespace } = client.options;
  try {
    return await client.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId, runId } });
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    rethrowKnownErrorTypes(error);
    throw error.code === notFound ? new WorkflowNotFoundError(error.details, workflowId, undefined) : error;
  }
}

/** One whose memo can't be read would end the SDK's own list. */
export async function* executionsOf(client: Client, { query, pageSize }: { query: string; pageSize?: number }) {
  const { namespace } = client.options;
  let nextPageToken = new Uint8Array();
  do {
    const request = { namespace, query, nextPageToken, ...(pageSize !== undefined && { pageSize }) };
    const page = await client.workflowService.listWorkflowExecutions(request);
    for (const raw of page.executions) yield withoutMemo(client, raw);
    nextPageToken = Uint8Array.from(page.nextPageToken);
  } while (nextPageToken.length > 0);
}

function withoutMemo(client: Client, raw: Raw) {
  const { loadedDataConverter, namespace } = client.options;
  // Not in a copy: that would lack the fields whose defaults are on the prototype.
  raw.memo = null;
  return executionInfoFromRaw(raw, loadedDataConverter, raw, namespace);
}

// google.rpc.Code
const notFound = 5;
