import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { taskQueue } from '../contract/workflow/workflow-ids.ts';
import { SetupError } from '../process/setup-error.ts';

type Server = { connection: Connection; namespace: string };

/** Milliseconds. */
const readyTimeout = 30_000;

/** Milliseconds between two checks. */
const interval = 100;

export async function untilServing({ connection, namespace }: Server, signal: AbortSignal): Promise<void> {
  await untilTrue(signal, async () => {
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
    await untilTrue(signal, async () => {
      const request = { namespace, taskQueue: { name: taskQueue }, taskQueueType };
      const { pollers } = await connection.workflowService.describeTaskQueue(request);
      return (pollers?.length ?? 0) > 0;
    });
  }
}

async function untilTrue(signal: AbortSignal, check: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + readyTimeout;
  for (;;) {
    signal.throwIfAborted();
    const result = await check().catch((error: unknown) => ({ error }));
    if (result === true) return;
    if (performance.now() > giveUpAt) {
      const cause = result === false ? undefined : result.error;
      const reason = cause instanceof Error ? cause.message : 'no worker polls';
      throw new SetupError(
        `Temporal isn't ready after ${readyTimeout / 1_000} s (${reason}): see TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE`,
        { cause },
      );
    }
    await delay(interval, undefined, { signal });
  }
}
