import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { Server } from './temporal.ts';

/** What an operator has applied again of what came after the point, by the numbers of `ResetReapplyExcludeType` that are left out. */
const leftOut = { 'and all updates again': [], 'and nothing again': [1, 2] };

export const reappliedWith = Object.keys(leftOut) as (keyof typeof leftOut)[];

/** Resets a submission, as an operator does it in the Web UI, to before each task of the run that it is in, one after the other. */
export async function* resets({ env }: Server, { workflowId }: WorkflowHandle, reapplied: keyof typeof leftOut) {
  const { client } = env;
  const run = await client.workflow.getHandle(workflowId).describe();
  const { events } = await client.workflow.getHandle(workflowId, run.runId).fetchHistory();
  for (const { eventId, workflowTaskCompletedEventAttributes: isPoint } of events ?? []) {
    if (!isPoint || !eventId) continue;
    await client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId: run.runId },
      reason: 'A test.',
      requestId: randomUUID(),
      workflowTaskFinishEventId: eventId,
      resetReapplyExcludeTypes: leftOut[reapplied],
    });
    yield Number(eventId);
  }
}
