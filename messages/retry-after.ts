/** Milliseconds: whoever asks for a longer pause is asked again after a day. */
const longest = 24 * 3_600_000;

const seconds = /^\d{1,15}$/;

/** As HTTP has it since 1994 (RFC 9110, 5.6.7); the older forms are sent by nobody. */
const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds from now that a `Retry-After` asks for; nothing where there is none, or it is neither of its two forms. */
export function readRetryAfter(field: string | undefined, now: number): number | undefined {
  const text = field?.trim() ?? '';
  const wanted = seconds.test(text) ? Number(text) * 1_000 : date.test(text) ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(wanted) ? undefined : Math.min(longest, Math.max(0, wanted));
}
