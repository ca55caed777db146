import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { executionOf, executionsOf } from '../executions.ts';

/** Milliseconds between two checks: Temporal deletes in the background. */
const interval = 100;

/** Deletes all runs of a workflow, also a running one, and resolves when they are gone. */
export async function forgetWorkflow(client: Client, workflowId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const runs = await runsOf(client, workflowId);
    if (runs.size === 0) return;
    for (const runId of runs) await deleteRun(client, workflowId, runId);
    await delay(interval, undefined, { signal });
  }
}

/** The current run, known at once, and those before a reset, which only lists contain. */
async function runsOf(client: Client, workflowId: string): Promise<Set<string>> {
  const runs = new Set<string>();
  try {
    runs.add((await executionOf(client, workflowId)).runId);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  for await (const { runId } of executionsOf(client, { query: `WorkflowId = '${workflowId}'` })) runs.add(runId);
  return runs;
}

async function deleteRun(client: Client, workflowId: string, runId: string): Promise<void> {
  try {
    await client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== notFound) throw error;
  }
}

// google.rpc.Code
const notFound = 5;
