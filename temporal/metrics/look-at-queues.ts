import type { Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { messagesQueue } from '../../contract/workflow/deliveries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { lookTime } from '../../process/health/in-time.ts';
import { pollCounts } from '../health/look-for-workers.ts';

// temporal.api.enums.v1.TaskQueueType.
const types = { workflow: 1, activity: 2 } as const;

const queues = [
  { name: taskQueue, type: 'workflow' },
  { name: taskQueue, type: 'activity' },
  { name: messagesQueue, type: 'activity' },
] as const satisfies { name: string; type: keyof typeof types }[];

/** `age`: seconds for which the oldest task has waited. */
export type QueueSeen = { name: string; type: string; backlog: number; age: number; pollers: number };

/** What waits for a worker, and how many poll. Those that can't be asked are left out. */
export async function lookAtQueues(client: Client): Promise<QueueSeen[]> {
  const seen = await Promise.allSettled(queues.map((queue) => lookAt(client, queue)));
  return seen.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

async function lookAt({ connection, options }: Client, { name, type }: (typeof queues)[number]): Promise<QueueSeen> {
  const request = {
    namespace: options.namespace,
    taskQueue: { name },
    taskQueueType: types[type],
    reportStats: true,
  };
  const { pollers, stats } = await connection.withDeadline(Date.now() + lookTime, () =>
    connection.workflowService.describeTaskQueue(request),
  );
  const since = Date.now() - pollCounts;
  return {
    name,
    type,
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    age: (optionalTsToMs(stats?.approximateBacklogAge) ?? 0) / 1_000,
    pollers: pollers.filter(({ lastAccessTime }) => (optionalTsToMs(lastAccessTime) ?? 0) > since).length,
  };
}
