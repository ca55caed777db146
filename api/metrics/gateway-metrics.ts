import type { Call } from '../../contract/call/call.ts';
import type { Health } from '../../process/health/health-routes.ts';
import { addDiskMetrics } from '../../process/metrics/disk-metrics.ts';
import { createMetrics, type Metrics } from '../../process/metrics/metrics.ts';
import { addPartMetrics } from '../../process/metrics/part-metrics.ts';
import type { Store } from '../../store/store.ts';
import { buildOf, builtBundle } from '../../temporal/bundle/build-of.ts';
import { addQueueMetrics } from '../../temporal/metrics/queue-metrics.ts';
import { addCensusMetrics } from './census-metrics.ts';
import { createRequestMetrics } from './request-metrics.ts';
import { createStatusMetrics } from './status-metrics.ts';

export type AppMetrics = ReturnType<typeof createAppMetrics>;

/** What is counted while requests are answered. */
export function createAppMetrics(metrics: Metrics) {
  return {
    requests: createRequestMetrics(metrics),
    statuses: createStatusMetrics(metrics),

    watch({ waiting }: { waiting: () => number }): void {
      const waiters = metrics.gauge('cfs_waiters', 'Requests that are held until there is news (Prefer: wait)');
      metrics.lookAt(async () => waiters.set(waiting()));
    },
  };
}

type Options = {
  health: Health;
  dataFolder: string;
  call: Pick<Call, 'closes'>;
  store: Pick<Store, 'takeCensus'>;
  client: Parameters<typeof addQueueMetrics>[1];
};

/** What the gateway counts, and what everybody would tell alike: the workers may be away. */
export async function createGatewayMetrics({ health, dataFolder, call, store, client }: Options) {
  // From source, there is no such file.
  const build = await buildOf({ codePath: builtBundle }).catch(() => 'source');
  const metrics = createMetrics({ part: 'gateway', build });
  addPartMetrics(metrics, health);
  addDiskMetrics(metrics, 'data', dataFolder);
  addCensusMetrics(metrics, { closes: call.closes, takeCensus: store.takeCensus });
  addQueueMetrics(metrics, client);
  return { ...createAppMetrics(metrics), routes: metrics.routes };
}
