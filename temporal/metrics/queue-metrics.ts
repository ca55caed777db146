import type { Client } from '@temporalio/client';
import { keptLook } from '../../process/health/kept-look.ts';
import { type Metrics, tell } from '../../process/metrics/metrics.ts';
import { countOverdue } from './count-overdue.ts';
import { lookAtQueues, type QueueSeen } from './look-at-queues.ts';

/** What Temporal knows of the work that waits. What it doesn't answer is absent, and never of before. */
export function addQueueMetrics({ gauge, lookAt }: Metrics, client: Client): void {
  const labels = ['task_queue', 'type'] as const;
  const backlog = gauge('cfs_task_queue_backlog', 'Tasks that wait for a worker, about', labels);
  const age = gauge('cfs_task_queue_backlog_age_seconds', 'For how long the oldest of them has waited, about', labels);
  const pollers = gauge('cfs_task_queue_pollers', 'Workers that have polled within 75 s', labels);
  const overdue = gauge(
    'cfs_submissions_overdue',
    'Submissions that wait though what they wait for was due 5 minutes ago',
  );
  const look = keptLook(() => Promise.all([lookAtQueues(client), countOverdue(client).catch(() => undefined)]));

  lookAt(async () => {
    const [queues, late] = await look();
    const each = (value: (seen: QueueSeen) => number) =>
      queues.map((seen) => [{ task_queue: seen.name, type: seen.type }, value(seen)] as const);
    tell(
      backlog,
      each((seen) => seen.backlog),
    );
    tell(
      age,
      each((seen) => seen.age),
    );
    tell(
      pollers,
      each((seen) => seen.pollers),
    );
    tell(overdue, late === undefined ? [] : [[{}, late]]);
  });
}
