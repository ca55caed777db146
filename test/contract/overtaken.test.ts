import { describe, expect, test } from 'vitest';
import { isReplacement, overtakerOf } from '../../contract/mail/overtaken.ts';
import type { Release } from '../../contract/mail/releases.ts';

/** In their order, each with its number. */
function told(...names: Release['name'][]): Release[] {
  return names.map((name, index) => ({
    name,
    number: names.slice(0, index).filter((one) => one === name).length + 1,
    at: `2026-11-0${index + 1}T12:00:00.000Z`,
    revision: index + 1,
  }));
}

/** What each release is overtaken by. */
const overtaken = (...names: Release['name'][]) => {
  const releases = told(...names);
  return releases.map((release) => overtakerOf(release, releases)?.name);
};

describe('a message is overtaken', () => {
  test('by what happens on the waiting list after it', () => {
    expect(overtaken('waitlisted', 'promoted', 'attendance-reminder', 'lapsed', 'attendance-lapsed')).toEqual([
      'promoted',
      'lapsed',
      'lapsed',
      undefined,
      undefined,
    ]);
    expect(overtaken('waitlisted', 'not-promoted')).toEqual(['not-promoted', undefined]);
  });

  test('by the answer that it asks for; but who confirms gets the acceptance too', () => {
    expect(overtaken('accepted', 'attendance-reminder', 'attendance-reminder', 'confirmed')).toEqual([
      undefined,
      'attendance-reminder',
      'confirmed',
      undefined,
    ]);
    expect(overtaken('accepted', 'attendance-reminder', 'declined')).toEqual(['declined', 'declined', undefined]);
  });

  test('by the end of what organisers are asked to do', () => {
    expect(overtaken('referred', 'panel-reminder', 'panel-reminder', 'decision-due', 'rejected')).toEqual([
      'rejected',
      'panel-reminder',
      'decision-due',
      'rejected',
      undefined,
    ]);
    expect(overtaken('decision-due', 'withdrawn')).toEqual(['withdrawn', undefined]);
  });

  test('by nothing that came before it', () => {
    expect(overtaken('lapsed', 'accepted')).toEqual([undefined, undefined]);
  });

  test('by itself where it goes out again, with the dates of before', () => {
    expect(overtaken('accepted', 'deadline-moved', 'attendance-reminder', 'undelivered', 'accepted')).toEqual([
      ...['accepted', 'accepted', 'accepted'],
      ...[undefined, undefined],
    ]);
    expect(overtaken('accepted', 'deadline-moved', 'deadline-moved')).toEqual([undefined, 'deadline-moved', undefined]);
  });

  test('by the end of an address, whatever it says; the organisers are not concerned', () => {
    expect(overtaken('reopened', 'referred', 'address-corrected', 'address-replaced', 'address-replaced')).toEqual([
      ...['address-replaced', undefined, 'address-replaced'],
      ...[undefined, undefined],
    ]);
  });
});

test.each([
  ['accepted', 'accepted', true],
  ['deadline-moved', 'promoted', true],
  ['rejected', 'address-replaced', true],
  ['accepted', 'lapsed', false],
  ['attendance-reminder', 'accepted', false],
] as const)('what did not arrive needs nobody any more: %s after %s, %s', (name, later, isReplaced) => {
  const [one, by] = told(name, later);

  expect(one && by && isReplacement(one, by)).toBe(isReplaced);
});
