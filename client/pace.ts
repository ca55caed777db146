// Milliseconds: the longest wait after the first failure, and after any.
const [first, longest] = [1_000, 60_000];

/** Exponential with full jitter: clients that failed together don't retry together. */
export function backOffMilliseconds(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(longest, first * 2 ** (failures - 1));
}
