import type { Health } from '../../process/health/health-routes.ts';
import { addDiskMetrics } from '../../process/metrics/disk-metrics.ts';
import { createMetrics } from '../../process/metrics/metrics.ts';
import { addPartMetrics } from '../../process/metrics/part-metrics.ts';

type Options = { health: Health; build: string; dataFolder: string; core: () => Promise<string> };

/** What the worker tells of itself, and what the SDK tells of its work. */
export function createWorkerMetrics({ health, build, dataFolder, core }: Options) {
  const metrics = createMetrics({ part: 'worker', build });
  addPartMetrics(metrics, health);
  addDiskMetrics(metrics, 'data', dataFolder);
  metrics.append(core);
  return metrics;
}
