import { test } from 'vitest';
import { runPairs, runWalks } from './run-walks.ts';

/** A minute's worth: `WALKS=100000 npx vitest run test/contract/lifecycle/properties.test.ts`. */
const numRuns = Number(process.env.WALKS ?? 2_500);
const timeout = 120_000 + numRuns * 10;

test('keeps its promises on every walk of commands, times and faults', { timeout }, () => {
  const begin = Date.now();

  runWalks({ numRuns });

  process.stdout.write(`${Math.round((numRuns * 60_000) / (Date.now() - begin))} walks a minute\n`);
});

test('H19: two walks that differ in what is not announced look the same', { timeout }, () => {
  runPairs({ numRuns });
});
