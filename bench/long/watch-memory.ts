import type { Series } from '../measure/finding.ts';
import { residentMegabytes } from '../measure/memory.ts';
import { quantile } from '../measure/quantile.ts';

/** Milliseconds between two readings. */
const interval = 1_000;

/** Reads the memory of processes until it is stopped. @returns points of minutes and MB */
export function watchMemory(pids: Readonly<Record<string, number>>): { stop: () => Series[] } {
  const began = performance.now();
  const series = Object.entries(pids).map(([name, pid]) => ({
    name: `memory of the ${name}, MB by minutes`,
    pid,
    points: [] as [number, number][],
  }));
  const timer = setInterval(async () => {
    for (const { pid, points } of series)
      points.push([(performance.now() - began) / 60_000, await residentMegabytes(pid)]);
  }, interval);
  return {
    stop() {
      clearInterval(timer);
      return series.map(({ name, points }) => ({ name, points }));
    },
  };
}

/** How far the memory moves from its median after the warm-up, in percent. @param warmUp share of the readings */
export function drift({ points }: Series, warmUp: number): number {
  const counted = points.slice(Math.floor(points.length * warmUp)).map(([, megabytes]) => megabytes);
  const middle = quantile(
    counted.toSorted((one, other) => one - other),
    0.5,
  );
  return Math.max(...counted.map((megabytes) => (100 * Math.abs(megabytes - middle)) / middle));
}
