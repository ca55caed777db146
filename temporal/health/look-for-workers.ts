import type { Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { messagesQueue } from '../../contract/workflow/deliveries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { type Condition, down, up } from '../../process/health/condition.ts';

/**
 * Milliseconds for which a poll counts. A poll lasts a minute if there is nothing to do, and the server remembers workers for
 * five minutes after they were killed; the rest is for clocks that differ.
 */
const pollCounts = 75_000;

// temporal.api.enums.v1: TaskQueueType, WorkerVersioningMode.
const workflows = 1;
const activities = 2;
const versioned = 2;

/** A worker process polls both. */
const queues = [
  { name: taskQueue, taskQueueType: workflows },
  { name: messagesQueue, taskQueueType: activities },
];

/** Whether somebody polls who gets tasks: of versioned workers, those of the current version, and of the ramping one. */
export async function lookForWorkers(client: Client, now = Date.now): Promise<Condition> {
  const { connection, options } = client;
  try {
    const arePolled = await Promise.all(
      queues.map(async ({ name, taskQueueType }) => {
        const request = { namespace: options.namespace, taskQueue: { name }, taskQueueType };
        const { pollers, versioningInfo } = await connection.workflowService.describeTaskQueue(request);
        const polling = pollers
          .filter(({ lastAccessTime }) => now() - (optionalTsToMs(lastAccessTime) ?? 0) < pollCounts)
          .map(({ deploymentOptions }) =>
            deploymentOptions?.workerVersioningMode === versioned ? deploymentOptions.buildId : undefined,
          );
        const { currentDeploymentVersion, rampingDeploymentVersion, rampingVersionPercentage } = versioningInfo ?? {};
        const current = currentDeploymentVersion?.buildId ?? undefined;
        const ramping = rampingVersionPercentage ? (rampingDeploymentVersion?.buildId ?? undefined) : current;
        return polling.includes(current) && polling.includes(ramping);
      }),
    );
    return arePolled.every(Boolean) ? up : down('nobody polls');
  } catch {
    // Whether Temporal answers is the other question.
    return down('unknown');
  }
}
