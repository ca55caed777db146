import { setTimeout as delay } from 'node:timers/promises';
import type { PartResult } from '../measure/finding.ts';
import type { Context, Part } from '../measure/part.ts';

/** A part that takes long. `scale`: share of the full size, to try it; its figures count at 1 only. */
export type Scenario = Omit<Part, 'run'> & { run: (context: Context, scale?: number) => Promise<PartResult> };

export const scaled = (size: number, scale: number): number => Math.max(1, Math.round(size * scale));

/** Asks until it is so. @returns milliseconds that it took; `undefined` if it isn't so in time */
export async function until(
  isSo: () => Promise<boolean>,
  { stopping, within, every = 1_000 }: { stopping: AbortSignal; within: number; every?: number },
): Promise<number | undefined> {
  const began = performance.now();
  for (;;) {
    if (await isSo()) return performance.now() - began;
    if (performance.now() - began > within) return undefined;
    await delay(every, undefined, { signal: stopping });
  }
}
