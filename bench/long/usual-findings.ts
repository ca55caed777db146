import type { Finding } from '../measure/finding.ts';
import { quantile } from '../measure/quantile.ts';

/** What must not happen. */
export const none = (what: string, value: number): Finding => ({
  what,
  value,
  unit: '',
  goal: { at: 'most', value: 0 },
});

/** @param latencies milliseconds @param most the goal, in milliseconds */
export function slowest(what: string, latencies: readonly number[], most: number): Finding {
  const sorted = latencies.toSorted((one, other) => one - other);
  return {
    what: `${what}, p99 of ${sorted.length}`,
    value: quantile(sorted, 0.99),
    unit: 'ms',
    goal: { at: 'most', value: most },
  };
}
