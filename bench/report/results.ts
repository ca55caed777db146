import { mkdir, writeFile } from 'node:fs/promises';
import type { PartResult } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { describeEnvironment } from './environment.ts';
import { plotSeries } from './plot-series.ts';
import { plotTable } from './plot-table.ts';

export const folder = new URL('../results/', import.meta.url);

/** Writes what a part has measured, and plots of it, beside the bench. @param milliseconds that it took */
export async function keepResult(
  { name, title }: Pick<Part, 'name' | 'title'>,
  result: PartResult,
  milliseconds: number,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const kept = {
    title,
    environment: await describeEnvironment(),
    seconds: Math.round(milliseconds / 1_000),
    ...result,
  };
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(kept, rounded, 2)}\n`);
  for (const [at, table] of (result.tables ?? []).entries())
    await writeFile(new URL(`${name}-${at + 1}.svg`, folder), plotTable(table));
  if (result.series) await writeFile(new URL(`${name}.svg`, folder), plotSeries(title, result.series));
}

/** Four digits are more than repeat. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
