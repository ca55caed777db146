// In milliseconds: the range of the first wait after a failure, and of the longest one.
const [first, longest] = [1_000, 60_000];

/** Exponential with full jitter, in milliseconds: clients that failed together don't come back together. */
export function backOffMilliseconds(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(longest, first * 2 ** (failures - 1));
}
