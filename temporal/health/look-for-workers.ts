import type { Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { messagesQueue } from '../../contract/workflow/deliveries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { type Condition, down, up } from '../../process/health/condition.ts';
import { lookTime } from '../../process/health/in-time.ts';

/**
 * Milliseconds for which a poll counts. A poll lasts a minute if there is nothing to do, and the server remembers workers for
 * five minutes after they were killed; the rest is for clocks that differ.
 */
export const pollCounts = 75_000;

// temporal.api.enums.v1: TaskQueueType, WorkerVersioningMode.
const workflows = 1;
const activities = 2;
const versioned = 2;

type Queue = { name: string; taskQueueType: number };

/** A worker process polls both. */
const queues: readonly Queue[] = [
  { name: taskQueue, taskQueueType: workflows },
  { name: messagesQueue, taskQueueType: activities },
];

/** Whether somebody polls who gets tasks: of versioned workers, those of the current version, and of the ramping one. */
export async function lookForWorkers(client: Client, now = Date.now): Promise<Condition> {
  // Not the first failure: a call that is still retried when the connection is closed ends the process.
  const arePolled = await Promise.allSettled(queues.map((queue) => isPolled(client, queue, now())));
  // Whether Temporal answers is the other question.
  if (arePolled.some(({ status }) => status === 'rejected')) return down('unknown');
  return arePolled.every((one) => one.status === 'fulfilled' && one.value) ? up : down('nobody polls');
}

async function isPolled({ connection, options }: Client, { name, taskQueueType }: Queue, now: number) {
  const request = { namespace: options.namespace, taskQueue: { name }, taskQueueType };
  const { pollers, versioningInfo } = await connection.withDeadline(Date.now() + lookTime, () =>
    connection.workflowService.describeTaskQueue(request),
  );
  const polling = pollers
    .filter(({ lastAccessTime }) => now - (optionalTsToMs(lastAccessTime) ?? 0) < pollCounts)
    .map(({ deploymentOptions }) =>
      deploymentOptions?.workerVersioningMode === versioned ? deploymentOptions.buildId : undefined,
    );
  const { currentDeploymentVersion, rampingDeploymentVersion, rampingVersionPercentage } = versioningInfo ?? {};
  const current = currentDeploymentVersion?.buildId ?? undefined;
  const ramping = rampingVersionPercentage ? (rampingDeploymentVersion?.buildId ?? undefined) : current;
  return polling.includes(current) && polling.includes(ramping);
}
