import type { Context } from 'hono';
import { Refusal, type Refuse } from '../http/refusal.ts';

/** 1 to 255 visible ASCII characters, bare or as a quoted string (RFC 9651, 3.3.3; contract H10). */
export const idempotencyKeyPattern = /^(?:[!#-~]{1,255}|"(?:[!#-[\]-~]|\\["\\]){1,255}")$/;

/** The key in a header's value, without quotes; `undefined` if it is malformed. */
function parseIdempotencyKey(header: string): string | undefined {
  if (!idempotencyKeyPattern.test(header)) return undefined;
  return header.startsWith('"') ? header.slice(1, -1).replace(/\\(["\\])/g, '$1') : header;
}

/** @throws Refusal for a malformed key (contract H10) */
export function idempotencyKeyOf(c: Context): string | undefined {
  const header = c.req.header('Idempotency-Key');
  if (header === undefined) return undefined;
  const key = parseIdempotencyKey(header);
  if (key !== undefined) return key;
  throw new Refusal('invalid-idempotency-key', {
    detail: 'An Idempotency-Key has 1 to 255 visible ASCII characters, bare or in double quotes.',
  });
}

export const keyReused = (refuse: Refuse<'idempotency-key-reused'>) =>
  refuse('idempotency-key-reused', { detail: 'Use a new key for a different request.' });
