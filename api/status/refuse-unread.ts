import type { Refuse } from '../http/refusal.ts';
import { refuseBusy } from '../limits/refuse-busy.ts';
import type { Reading } from './status-source.ts';

/** Refuses whoever got no answer: there was no room in the line, or what is read is out of reach. @param detail of the line */
export function refuseUnread(
  { cause, retryAfter }: Extract<Reading, { kind: 'no-answer' }>,
  detail: string,
  refuse: Refuse<'temporarily-unavailable'>,
): never {
  return retryAfter === undefined
    ? refuse('temporarily-unavailable', {}, { cause })
    : refuseBusy({ retryAfter, detail }, refuse);
}
