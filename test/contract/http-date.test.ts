import { describe, expect, test } from 'vitest';
import { readHttpDate } from '../../contract/http/http-date.ts';
import { readRetryAfter } from '../../contract/http/retry-after.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const iso = (text: string) => {
  const date = readHttpDate(text, now);
  return date === undefined ? undefined : new Date(date).toISOString();
};

describe('an HTTP date', () => {
  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['Wed Nov 16 08:49:37 1994', '1994-11-16T08:49:37.000Z'],
    ['Thu, 29 Feb 2024 00:00:00 GMT', '2024-02-29T00:00:00.000Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
    ['Fri, 31 Dec 9999 23:59:59 GMT', '9999-12-31T23:59:59.000Z'],
    ['Sat, 01 Jan 0050 00:00:00 GMT', '0050-01-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test.each([
    ['76', '2076'],
    ['77', '1977'],
    ['26', '2026'],
  ])('of two digits, %s is the year %s: never more than 50 years ahead', (digits, year) => {
    expect(iso(`Sunday, 06-Nov-${digits} 08:49:37 GMT`)).toBe(`${year}-11-06T08:49:37.000Z`);
  });

  test.each([
    '',
    '1.5',
    '2026-11-26T12:00:00Z',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nix 1994 08:49:37 GMT',
    'Sun, 31 Feb 2027 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Mon, 07 Nov 1994 08:49:37 GMT',
  ])('is not %j', (text) => {
    expect(iso(text)).toBeUndefined();
  });
});

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Thu, 26 Nov 2026 12:00:30 GMT', 30_000],
    ['Thursday, 26-Nov-26 12:00:30 GMT', 30_000],
    ['Thu, 26 Nov 2026 11:00:00 GMT', 0],
  ])('%j is a wait of %d ms', (field, wait) => {
    expect(readRetryAfter(field, now)).toBe(wait);
  });

  test.each([undefined, null, '', '-1', '1.5', '1e3', 'soon', '1, 2'])('%j is ignored', (field) => {
    expect(readRetryAfter(field, now)).toBeUndefined();
  });
});
