import fc from 'fast-check';
import { checkCurtain } from './curtain.ts';
import { check } from './properties.ts';
import { somePair, someWalk } from './random-walks.ts';
import { walk } from './walk.ts';

type Options = Pick<fc.Parameters, 'numRuns' | 'seed' | 'endOnFailure'>;

/** @throws Error with the shortest walk on which a property doesn't hold; its cause says which one */
export function runWalks(options: Options): void {
  // Refusals are many, and nobody reads where they come from.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    fc.assert(
      fc.property(someWalk, (input) => check(walk(input))),
      options,
    );
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Two at a time, that differ in what is not announced. */
export function runPairs(options: Options): void {
  fc.assert(fc.property(somePair, checkCurtain), options);
}
