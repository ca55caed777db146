/** Says which property doesn't hold. The same walks each time. */
import { runPairs, runWalks } from './run-walks.ts';

const options = { numRuns: 20_000, seed: 1, endOnFailure: true };

try {
  runWalks(options);
  runPairs(options);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stdout.write(error.cause instanceof Error ? error.cause.message : error.message);
}
