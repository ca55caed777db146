import type { PartResult } from '../measure/finding.ts';
import type { Part } from '../measure/part.ts';
import { print, printResult } from './print.ts';
import { folder, keepResult } from './results.ts';
import { type Order, writeReport } from './write-report.ts';

type Measured = Pick<Part, 'name' | 'title'>;

export type Report = ReturnType<typeof createReport>;

/** Prints what is measured, keeps it, and writes the page with all of it. */
export function createReport(order: Order) {
  return async (measured: Measured, run: () => Promise<PartResult>, { isKept = true } = {}): Promise<void> => {
    const began = performance.now();
    const result = await run();
    print(`\n${measured.title} (${measured.name})`);
    printResult(result);
    if (!isKept) return;
    await keepResult(measured, result, performance.now() - began);
    await writeReport(folder, order);
  };
}
