import { describe, expect, test } from 'vitest';
import { changed } from '../../../contract/lifecycle/change.ts';
import { prove } from '../../../contract/lifecycle/prove.ts';
import { setReminders } from '../../../contract/lifecycle/speaker.ts';
import { reminded } from '../../../contract/lifecycle/steps.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { aSubmission } from '../../support/fixtures.ts';
import { attendance, panelRules } from '../../support/people.ts';
import { aRecord, aVerdict, type Described } from '../../support/records.ts';

const rules = panelRules({}, { attendance });
const now = '2026-11-02T12:00:00.000Z';
const due = '2026-11-12T12:00:00.000Z';
const meeting = (state: SubmissionState) => ({ state, submission: aSubmission(), rules, now });

function answered(state: SubmissionState, answer: 'mine' | 'not-mine', address = 0) {
  prove.check(meeting(state), { address, answer });
  const { change, result } = prove.apply(meeting(state), { address, answer });
  return { state: change ? changed(state, change, now) : state, result };
}

/** Of one whose address nobody has proved. */
function aState(described: Described = {}): SubmissionState {
  const { proved: _, ...state } = aRecord(1, { stage: 'selection', ...described }).state;
  return state;
}
const accepted = { verdicts: [aVerdict('selection')], conclusion: { kind: 'accepted' } } satisfies Described;

describe('H38: whoever reads the mail to an address', () => {
  test('proves it for this submission, and gets a token of the speaker; the public learns nothing', () => {
    const before = aState();

    const { state, result } = answered(before, 'mine');

    expect(state.proved).toBe(true);
    expect(result).toEqual({ generation: 0 });
    expect(publicStatus(state)).toEqual(publicStatus(before));
  });

  test('H34: proves it once, however often the button is pressed', () => {
    const { state } = answered(aState(), 'mine');

    expect(answered(state, 'mine')).toEqual({ state, result: { generation: 0, wasProved: true } });
  });

  test.each([
    ['under review', {}, 'Canceled', undefined],
    ['accepted and asked', { ...accepted, attendance: { answer: 'awaited', due } }, 'Succeeded', 'declined'],
    ['confirmed', { ...accepted, attendance: { answer: 'confirmed' } }, 'Succeeded', 'canceled'],
    [
      'rejected',
      { verdicts: [aVerdict('selection', { outcome: 'rejected' })], conclusion: { kind: 'rejected' } },
      'Succeeded',
      undefined,
    ],
  ] satisfies [string, Described, string, string | undefined][])(
    'says that one is not theirs that is %s: it leaves, its tokens end, and no more mail comes',
    (_, described, status, attendance) => {
      const { state, result } = answered(aState(described), 'not-mine');

      expect(publicStatus(state)).toMatchObject({ status });
      expect(publicStatus(state).result?.attendance).toBe(attendance);
      expect(state).toMatchObject({ silenced: true, generation: 1, tokensEnded: true });
      expect(result).toEqual({});
      expect(answered(state, 'not-mine')).toEqual({ state, result: {} });
      expect(() => prove.check(meeting(state), { address: 0, answer: 'mine' })).toThrow(
        expect.objectContaining({ code: 'unauthorized' }),
      );
    },
  );

  test('H40: can do nothing with the mail to another address', () => {
    expect(() => prove.check(meeting(aState()), { address: 1, answer: 'not-mine' })).toThrow(
      expect.objectContaining({ code: 'unauthorized' }),
    );
  });
});

describe('reminders', () => {
  const asked = aState({ ...accepted, attendance: { answer: 'awaited', due, reminders: [now] } });
  const set = (state: SubmissionState, reminders: 'on' | 'off') => {
    setReminders.check(meeting(state), { reminders });
    const { change } = setReminders.apply(meeting(state), { reminders });
    return change ? changed(state, change, now) : state;
  };

  test('are sent, until the speaker switches them off', () => {
    const [on, off] = [asked, set(asked, 'off')].map((state) => reminded(state, now));

    expect(on?.releases?.map(({ name }) => name)).toEqual(['attendance-reminder']);
    expect(off).not.toHaveProperty('releases');
    expect(off?.course).toEqual(on?.course);
  });

  test('can be switched on again; saying it twice changes nothing', () => {
    const off = set(asked, 'off');

    expect(set(off, 'off')).toBe(off);
    expect(set(set(off, 'on'), 'on').noReminders).toBeUndefined();
  });
});
