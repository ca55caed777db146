import { Counter } from 'prom-client';
import type { Metrics } from '../../process/metrics/metrics.ts';
import { QuickHistogram } from '../../process/metrics/quick-histogram.ts';
import { type StatusOrigin, statusOrigins } from '../status/status-origin.ts';

/** Seconds. A copy is handed out for a second, and for 1.25 while it is renewed. */
const buckets = [0.01, 0.1, 0.25, 0.5, 1, 1.25, 1.5, 2];

/** Counts where statuses come from, and how old they are when they are told. */
export function createStatusMetrics({ registry, lookAt }: Metrics) {
  const answers = new Counter({
    name: 'cfs_status_answers_total',
    help: 'Statuses that were asked for, by what answered',
    labelNames: ['source'],
    registers: [registry],
  });
  const ages = new QuickHistogram({
    name: 'cfs_status_age_seconds',
    help: 'Age of a status that was told, from when its reading began',
    buckets,
    registers: [registry],
  }).series({});
  const counts = new Map<StatusOrigin, number>(statusOrigins.map((origin) => [origin, 0]));

  lookAt(async () => {
    answers.reset();
    for (const [source, count] of counts) answers.inc({ source }, count);
  });

  return {
    /** @param age in milliseconds, of a status that there is */
    told(origin: StatusOrigin, age: number | undefined): void {
      counts.set(origin, (counts.get(origin) ?? 0) + 1);
      if (age !== undefined) ages.observe(age / 1_000);
    },
  };
}
