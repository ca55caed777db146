import type { Refuse } from '../http/refusal.ts';

/** Refuses whoever found no room in a line, with a place of their own. The line counts them for the log. */
export function refuseBusy(
  { retryAfter, detail }: { retryAfter: number; detail: string },
  refuse: Refuse<'temporarily-unavailable'>,
): never {
  const headers = { 'Retry-After': String(retryAfter) };
  return refuse('temporarily-unavailable', { detail }, { headers, isCounted: true });
}
