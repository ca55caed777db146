import { expect, test } from 'vitest';
import { readRetryAfter } from '../../messages/retry-after.ts';

const now = Date.parse('2026-11-01T12:00:00.000Z');
const day = 24 * 3_600_000;

test.each([
  ['120', 120_000],
  [' 120 ', 120_000],
  ['0', 0],
  ['Sun, 01 Nov 2026 13:00:00 GMT', 3_600_000],
  ['Sun, 01 Nov 2026 11:00:00 GMT', 0],
  ['31536000', day],
  ['999999999999999', day],
  ['Fri, 31 Dec 9999 23:59:59 GMT', day],
])('Retry-After: %s asks for a pause of %d ms', (field, milliseconds) => {
  expect(readRetryAfter(field, now)).toBe(milliseconds);
});

test.each([
  undefined,
  '',
  '-1',
  '1.5',
  '1e9',
  'soon',
  '2026-11-01T13:00:00Z',
  'Sun, 99 Foo 2026 13:00:00 GMT',
  '9'.repeat(400),
])('Retry-After: %s asks for none', (field) => {
  expect(readRetryAfter(field, now)).toBeUndefined();
});
