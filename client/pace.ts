/**
 * Milliseconds to wait by a Retry-After header: whole seconds, or an HTTP date (RFC 9110, 10.2.3). `undefined` if there
 * is none, or none that can be read.
 */
export function retryAfterMilliseconds(headers: Headers, now: number): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  // Only the one form that servers send: Date.parse would read a year into "1.5".
  return /^[A-Z][a-z]{2}, .* GMT$/.test(value) ? Math.max(0, Date.parse(value) - now) || 0 : undefined;
}

// In milliseconds: the range of the first wait after a failure, and of the longest one.
const [first, longest] = [1_000, 60_000];

/** Exponential with full jitter, in milliseconds: clients that failed together don't come back together. */
export function backOffMilliseconds(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(longest, first * 2 ** (failures - 1));
}
