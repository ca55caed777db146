import type { Health } from '../health/health-routes.ts';
import { type Metrics, tell } from './metrics.ts';

/** Whether the parts are up that this process needs, by the same look as its readiness. */
export function addPartMetrics({ gauge, lookAt }: Metrics, { readiness }: Pick<Health, 'readiness'>): void {
  const isUp = gauge('cfs_part_up', 'Whether a part that this process needs is up, as in /health/ready', ['part']);

  lookAt(async () => {
    const { parts } = await readiness();
    tell(
      isUp,
      Object.entries(parts).map(([part, { up }]) => [{ part }, Number(up)]),
    );
  });
}
