import { hostname } from 'node:os';
import type { WorkerOptions } from '@temporalio/worker';
import { messagesQueue } from '../contract/workflow/deliveries.ts';
import { taskQueue } from '../contract/workflow/workflow-ids.ts';
import type { Tracing } from '../process/tracing/tracing.ts';
import { activitySpans, workflowSpans } from './tracing/worker-spans.ts';

/** Workflow tasks at a time. They use one thread; more than a few only wait for their local activities. */
const mostTasks = 40;

/** A task runs one local activity at a time. */
const mostLocal = mostTasks;

/** Batches of operations, repairs, and what goes on in an outage: all of them wait more than they work. */
const mostActivities = 100;

/** Submissions whose messages are sent at a time: so many connections to the mail server, or a few more. */
const mostSending = 20;

/**
 * Workflows kept in memory. With 2,000 open, a worker takes 520 to 560 MB with 800, and 430 with 100; 280 are its own. Most
 * submissions wait for weeks, and one that isn't kept is replayed for its next command, which takes the worker some 15 ms.
 */
const mostCached = 800;

/** Longer than any other activity: a started one completes, instead of being repeated by another worker. */
const shutdown = { shutdownGraceTime: '15 seconds', shutdownForceTime: '20 seconds' } as const;

/** Few polls while there is nothing to do, and as many as the server asks for in a rush. */
const pollers = { type: 'autoscaling', minimum: 1, initial: 2, maximum: 10 } as const;

type Given = Pick<WorkerOptions, 'connection' | 'namespace' | 'dataConverter' | 'activities' | 'workflowBundle'>;

/** Of the two workers of a process: one runs the workflows, and one sends what a mail server may hold up. */
export function workerOptions(
  { workflowBundle, ...given }: Given,
  build: string,
  deployment?: string,
  tracing?: Tracing,
): [WorkerOptions, WorkerOptions] {
  // In the Web UI, at each task: where it ran, and which code.
  const identity = `${process.pid}@${hostname()}, build ${build}`;
  const interceptors = tracing && { activity: [activitySpans(tracing)] };
  const spans = { sinks: workflowSpans(tracing), ...(interceptors && { interceptors }) };
  const common = { ...given, ...spans, ...shutdown, identity, ...versionOf(build, deployment) };
  return [
    {
      ...common,
      ...(workflowBundle && { workflowBundle }),
      taskQueue,
      maxConcurrentWorkflowTaskExecutions: mostTasks,
      maxConcurrentLocalActivityExecutions: mostLocal,
      maxConcurrentActivityTaskExecutions: mostActivities,
      maxCachedWorkflows: mostCached,
      workflowTaskPollerBehavior: pollers,
      activityTaskPollerBehavior: pollers,
    },
    {
      ...common,
      taskQueue: messagesQueue,
      maxConcurrentActivityTaskExecutions: mostSending,
      activityTaskPollerBehavior: pollers,
    },
  ];
}

/**
 * Temporal notes the build of each task, so that what one build began can be found. A submission of weeks goes on with the
 * version that is current then: pinned to one, its status could not be read after that.
 */
function versionOf(buildId: string, deployment: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  const version = { buildId, deploymentName: deployment ?? taskQueue };
  if (deployment === undefined) return { workerDeploymentOptions: { version, useWorkerVersioning: false } };
  return {
    workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
  };
}
