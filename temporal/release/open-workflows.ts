import type { Client } from '@temporalio/client';
import { messagesQueue } from '../../contract/workflow/deliveries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { executionsOf } from '../executions.ts';

/** An open workflow. `kind`: its type, and the last build that worked on it. */
export type OpenWorkflow = { workflowId: string; runId: string; kind: string };

const query = `ExecutionStatus = "Running" AND (TaskQueue = "${taskQueue}" OR TaskQueue = "${messagesQueue}")`;

/**
 * The open workflows of the service, one after the other.
 *
 * @param most of each kind: those of one kind have taken much the same ways
 */
export async function* openWorkflows(client: Client, most = Number.POSITIVE_INFINITY): AsyncGenerator<OpenWorkflow> {
  const counts = new Map<string, number>();
  for await (const { workflowId, runId, type, raw } of executionsOf(client, { query })) {
    const kind = `${type} of build ${raw.mostRecentWorkerVersionStamp?.buildId || '(none yet)'}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= most) yield { workflowId, runId, kind };
  }
}
