import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Server } from './temporal.ts';

type EventId = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number]['eventId'];

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
    await resetTo(client, { workflowId, runId: run.runId, eventId, leftOut: leftOut[reapplied] });
    yield Number(eventId);
  }
}

/** Back to its first task: all that came of it is forgotten. */
export async function resetToFirstTask({ env }: Server, handle: WorkflowHandle): Promise<void> {
  const { workflowId } = handle;
  const { runId } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const firstTask = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await resetTo(env.client, { workflowId, runId, eventId: firstTask?.eventId, leftOut: [] });
}

async function resetTo(
  { workflowService, options }: Client,
  point: { workflowId: string; runId: string; eventId: EventId; leftOut: number[] },
): Promise<void> {
  const { workflowId, runId, eventId } = point;
  await workflowService.resetWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'A test.',
    requestId: randomUUID(),
    workflowTaskFinishEventId: eventId ?? null,
    resetReapplyExcludeTypes: point.leftOut,
  });
}
