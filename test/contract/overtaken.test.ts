import { describe, expect, test } from 'vitest';
import { overtakerOf } from '../../contract/mail/overtaken.ts';
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
});
