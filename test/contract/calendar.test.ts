import { describe, expect, test } from 'vitest';
import { earlierBy, laterBy } from '../../contract/call/calendar.ts';
import { period, timeZone } from '../../contract/call/period.ts';

const days = (number: number) => period.parse(`${number}d`);

describe('days of a calendar', () => {
  test.each([
    ['forward into summer time', '2026-03-20T17:00:00.000Z', 14, '2026-04-03T16:00:00.000Z'],
    ['back out of it', '2026-10-20T16:00:00.000Z', 14, '2026-11-03T17:00:00.000Z'],
    ['without a change', '2026-06-01T16:00:00.000Z', 14, '2026-06-15T16:00:00.000Z'],
    // Berlin has no 02:30 on that day: an hour later counts.
    ['to an hour that is left out', '2026-03-28T01:30:00.000Z', 1, '2026-03-29T01:30:00.000Z'],
  ])('end at the same hour there: %s', (_, from, number, to) => {
    expect(laterBy(from, days(number), 'Europe/Berlin')).toBe(to);
  });

  test('depend on the time zone', () => {
    expect(laterBy('2026-03-20T17:00:00.000Z', days(14), 'America/New_York')).toBe('2026-04-03T17:00:00.000Z');
    expect(earlierBy('2026-04-03T16:00:00.000Z', days(14), 'Europe/Berlin')).toBe('2026-03-20T17:00:00.000Z');
  });

  test('hours are exact', () => {
    expect(laterBy('2026-03-28T17:00:00.000Z', period.parse('24h'), 'Europe/Berlin')).toBe('2026-03-29T17:00:00.000Z');
  });
});

test.each(['', '14', 'd', '-1d', '1.5d', '14 d', '1w', '9999999d'])('%j is no period', (text) => {
  expect(period.safeParse(text).success).toBe(false);
});

test('a time zone must be known', () => {
  expect(timeZone.safeParse('Europe/Berlin').success).toBe(true);
  expect(timeZone.safeParse('Europe/Longroad').error?.issues[0]?.message).toContain('IANA');
});
