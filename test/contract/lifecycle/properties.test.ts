import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCurtain } from './curtain.ts';
import { check } from './properties.ts';
import { somePair, someWalk } from './random-walks.ts';
import { walk } from './walk.ts';

/** `WALKS=100000 npx vitest run test/contract/lifecycle/properties.test.ts` takes about a minute. */
const numRuns = Number(process.env.WALKS ?? 4_000);

test('keeps its promises on every walk of commands, times and faults', () => {
  const begin = Date.now();

  fc.assert(
    fc.property(someWalk, (input) => check(walk(input))),
    { numRuns },
  );

  process.stdout.write(`${Math.round((numRuns * 60_000) / (Date.now() - begin))} walks a minute\n`);
  expect(numRuns).toBeGreaterThan(0);
});

test('H19: two walks that differ in what is not announced look the same', () => {
  fc.assert(fc.property(somePair, checkCurtain), { numRuns });
});
