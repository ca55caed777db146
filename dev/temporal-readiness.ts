import type { Connection } from '@temporalio/client';
import { taskQueue } from '../contract/workflow/workflow-ids.ts';
import { SetupError } from '../process/setup-error.ts';
import { until } from './until.ts';

type Server = { connection: Connection; namespace: string };

/** Milliseconds. */
const readyTimeout = 30_000;

export async function untilServing({ connection, namespace }: Server, signal: AbortSignal): Promise<void> {
  await untilTrue(signal, 'it does not answer', async () => {
    await connection.withDeadline(Date.now() + 1_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  });
}

/** Resolves when a worker polls for workflow and activity tasks, and submissions are processed. */
export async function untilPolled({ connection, namespace }: Server, signal: AbortSignal): Promise<void> {
  // temporal.api.enums.v1.TaskQueueType
  for (const taskQueueType of [1, 2]) {
    await untilTrue(signal, 'no worker polls', async () => {
      const request = { namespace, taskQueue: { name: taskQueue }, taskQueueType };
      const { pollers } = await connection.workflowService.describeTaskQueue(request);
      return (pollers?.length ?? 0) > 0;
    });
  }
}

async function untilTrue(signal: AbortSignal, what: string, check: () => Promise<boolean>): Promise<void> {
  try {
    await until(check, what, { within: readyTimeout, signal });
  } catch (error) {
    signal.throwIfAborted();
    const { cause, message } = error instanceof Error ? error : new Error(String(error));
    const reason = cause instanceof Error ? `${message}, ${cause.message}` : message;
    throw new SetupError(`Temporal isn't ready (${reason}): see TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE`, { cause });
  }
}
