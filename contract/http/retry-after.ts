import { readHttpDate } from './http-date.ts';

/** Returns milliseconds from `now` (RFC 9110, 10.2.3); `undefined` if the field is missing or malformed. */
export function readRetryAfter(field: string | null | undefined, now: number): number | undefined {
  const text = field?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return Number(text) * 1_000;
  const date = readHttpDate(text, now);
  return date === undefined ? undefined : Math.max(0, date - now);
}
