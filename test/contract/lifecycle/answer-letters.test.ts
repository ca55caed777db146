import { describe, expect, test } from 'vitest';
import { held, settleLetter } from '../../../contract/lifecycle/answer-letters.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { prove } from '../../../contract/lifecycle/prove.ts';
import { reschedule } from '../../../contract/lifecycle/reschedule.ts';
import { clockRestarted } from '../../../contract/lifecycle/steps.ts';
import type { Release } from '../../../contract/mail/releases.ts';
import { attendanceOf } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { aSubmission } from '../../support/fixtures.ts';
import { attendance, panelRules } from '../../support/people.ts';
import { aRecord, aVerdict } from '../../support/records.ts';

const rules = panelRules({}, { attendance });
const [now, due, later] = ['2026-11-02T12:00:00.000Z', '2026-11-12T12:00:00.000Z', '2026-12-24T12:00:00.000Z'];
const dates = { due: later, reminders: ['2026-12-21T12:00:00.000Z'] };

const aRelease = (name: Release['name'], number = 1): Release => ({ name, number, at: now, revision: 5 });

/** Accepted, and asked for an answer. */
function asked(change: Partial<SubmissionState> = {}): SubmissionState {
  return aRecord(1, {
    ...{ stage: 'selection', verdicts: [aVerdict('selection')], conclusion: { kind: 'accepted' } },
    ...{ attendance: { answer: 'awaited', due, reminders: [] }, releases: [aRelease('accepted')] },
    proved: undefined,
    ...change,
  }).state;
}

const meeting = (state: SubmissionState) => ({ state, submission: aSubmission(), rules, now });
const having = (state: SubmissionState, change: object | undefined) => (change ? changed(state, change, now) : state);
const names = ({ releases = [] }: SubmissionState) => releases.map(({ name, number }) => `${name} ${number}`);

describe('a letter that did not arrive', () => {
  test.each([
    ['accepted', {}],
    ['promoted', { releases: [aRelease('waitlisted'), aRelease('promoted')] }],
    ['deadline-moved', { releases: [aRelease('accepted'), aRelease('deadline-moved')] }],
    ['accepted', { releases: [aRelease('accepted'), aRelease('deadline-moved')] }],
    ['accepted-2', { releases: [aRelease('accepted'), aRelease('accepted', 2)] }],
  ])('(%s) holds the clock of the speaker, and tells the organisers once', (letter, change) => {
    const state = asked(change);

    const after1 = having(state, held(state, letter, now));
    const twice = held(after1, letter, now);

    expect(nextStep(after1, rules, later)).toEqual({ wait: 'delivery' });
    expect(names(after1).at(-1)).toBe('undelivered 1');
    expect(twice).toBeUndefined();
  });

  test.each([
    ['one that is not about the answer', 'attendance-reminder', {}],
    ['one that went out again since', 'accepted', { releases: [aRelease('accepted'), aRelease('accepted', 2)] }],
    ['one of before', 'deadline-moved', { releases: [aRelease('deadline-moved'), aRelease('accepted', 2)] }],
  ])('holds nothing if it is %s', (_, letter, change) => {
    expect(held(asked(change), letter, now)).toBeUndefined();
  });

  test('holds nothing where no answer is owed', () => {
    const confirmed = aRecord(1, { ...asked(), stage: 'selection', conclusion: { kind: 'accepted' } }).state;

    expect(held(confirmed, 'accepted', now)).toBeUndefined();
  });

  test('is what an answer lapses for when the call closes: its messages say that it is undelivered', () => {
    const state = having(asked(), held(asked(), 'accepted', now));

    expect(nextStep({ ...state, closing: 'reject' }, rules, now)).toEqual({ do: 'lapse' });
  });

  test('leaves no deadline to be moved', () => {
    const state = having(asked(), held(asked(), 'accepted', now));

    const move = () => reschedule.check(meeting(state), { by: 'Olga', due: later });

    expect(move).toThrow(expect.objectContaining({ code: 'nothing-due' }));
  });
});

describe('H38: a proof of the address', () => {
  const command = { address: 0, answer: 'mine' } as const;

  test('has an acceptance that was held until then go out anew, with its whole time', () => {
    const state = having(asked(), held(asked(), 'accepted', now));

    const proved = having(state, prove.apply(meeting(state), command).change);
    const restarted = having(proved, clockRestarted(proved, dates, now));

    expect(nextStep(proved, rules, now)).toEqual({ do: 'restart-clock' });
    expect(attendanceOf(restarted)).toEqual({ answer: 'awaited', ...dates });
    expect(names(restarted).at(-1)).toBe('accepted 2');
  });

  test('leaves a clock that runs as it is', () => {
    const proved = having(asked(), prove.apply(meeting(asked()), command).change);

    expect([proved.proved, attendanceOf(proved)]).toEqual([true, attendanceOf(asked())]);
  });
});

describe('an organiser who decides about it', () => {
  test.each([
    ['resend', ['accepted 1', 'undelivered 1', 'accepted 2']],
    ['delivered', ['accepted 1', 'undelivered 1', 'deadline-moved 1']],
    ['abandoned', ['accepted 1', 'undelivered 1']],
  ] as const)('(%s) gives the speaker their whole time, from then on', (as, told) => {
    const state = having(asked(), held(asked(), 'accepted', now));

    const { change, result } = settleLetter.apply(meeting(state), { letter: 'accepted', as });
    const settled = having(state, change);
    const repeated = settleLetter.apply(meeting(settled), { letter: 'accepted', as });
    const restarted = having(settled, clockRestarted(settled, dates, now));

    expect(result).toBe(true);
    expect(repeated).toEqual({ result: true });
    expect(nextStep(settled, rules, now)).toEqual({ do: 'restart-clock' });
    expect(attendanceOf(restarted)).toEqual({ answer: 'awaited', ...dates });
    expect(names(restarted)).toEqual(told);
  });

  test.each([
    ['one that is not about the answer', 'withdrawn', {}],
    ['one that went out again since', 'accepted', { releases: [aRelease('accepted'), aRelease('accepted', 2)] }],
  ])('changes nothing here if it is %s', (_, letter, change) => {
    expect(settleLetter.apply(meeting(asked(change)), { letter, as: 'resend' })).toEqual({ result: false });
  });

  test.each(['delivered', 'abandoned'] as const)('(%s) leaves a clock that runs as it is', (as) => {
    expect(settleLetter.apply(meeting(asked()), { letter: 'accepted', as })).toEqual({ result: false });
  });

  test('sends a promotion again as a promotion', () => {
    const state = asked({ releases: [aRelease('waitlisted'), aRelease('promoted')] });

    const settled = having(state, settleLetter.apply(meeting(state), { letter: 'promoted', as: 'resend' }).change);

    expect(names(having(settled, clockRestarted(settled, dates, now))).at(-1)).toBe('promoted 2');
  });
});
