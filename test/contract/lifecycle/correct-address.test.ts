import { describe, expect, test } from 'vitest';
import { changed } from '../../../contract/lifecycle/change.ts';
import { correctAddress } from '../../../contract/lifecycle/correct-address.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { answer, withdraw } from '../../../contract/lifecycle/speaker.ts';
import { partiesOf, withAddress } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { attendance, panelRules } from '../../support/people.ts';
import { aRecord, aVerdict, type Described } from '../../support/records.ts';

const rules = panelRules({}, { attendance });
const now = '2026-11-02T12:00:00.000Z';
const due = '2026-11-12T12:00:00.000Z';
const [wrong, right] = ['ada@exmaple.net', 'ada@example.net'];
const command = { by: 'Olga', from: wrong, email: right, reason: 'It had a typing error.' };

const meeting = (state: SubmissionState) => ({ state, rules, now });

function corrected(state: SubmissionState, email = right): SubmissionState {
  const { change = {} } = correctAddress.apply(meeting(state), { ...command, email });
  return changed(state, change, now);
}

const aState = (described: Described) => aRecord(1, { stage: 'selection', ...described }).state;
const accepted = { verdicts: [aVerdict('selection')], conclusion: { kind: 'accepted' } } satisfies Described;
const awaited = { answer: 'awaited', due, isHeld: true } as const;
const names = ({ releases = [] }: SubmissionState) => releases.map(({ name }) => name);

describe('a corrected address', () => {
  test.each([
    ['while nothing is decided', { panel: { due } }, ['address-replaced', 'address-corrected']],
    [
      'with a decision that is not announced',
      { verdicts: [aVerdict('selection')] },
      ['address-replaced', 'address-corrected'],
    ],
    [
      'on the waiting list',
      { verdicts: [aVerdict('selection', { outcome: 'waitlisted' })], isOnWaitlist: true },
      ['address-replaced', 'waitlisted'],
    ],
    [
      'after a confirmation',
      { ...accepted, attendance: { answer: 'confirmed' } },
      ['address-replaced', 'address-corrected'],
    ],
    ['while an answer is owed', { ...accepted, attendance: awaited }, ['address-replaced']],
  ] satisfies [string, Described, string[]][])('%s is told to both', (_, described, told) => {
    const state = aState(described);

    correctAddress.check(meeting(state), command);
    const after = corrected(state);

    expect(names(after)).toEqual(told);
    expect(after.commands).toMatchObject([{ by: 'Olga', command: 'correct-address', reason: command.reason }]);
  });

  test('has an answer that is owed asked for again', () => {
    expect(nextStep(corrected(aState({ ...accepted, attendance: awaited })), rules, now)).toEqual({
      do: 'restart-clock',
    });
  });

  test('counts for whatever is written and compared, and the former ones still tell conflicts of interest', () => {
    const { submission, state } = aRecord(1);

    const after = corrected(corrected(state), 'ada@other.example');
    const own = withAddress(submission, after);

    expect(own).toEqual({ ...submission, speaker: { ...submission.speaker, email: 'ada@other.example' } });
    expect(partiesOf({ submission: own, state: after })).toMatchObject({
      speaker: { email: 'ada@other.example' },
      formerAddresses: [wrong, right],
    });
  });

  test('that is given again changes nothing', () => {
    const after = corrected(aState({}));

    correctAddress.check(meeting(after), { ...command, onlyIf: 1 });

    expect(correctAddress.apply(meeting(after), command)).toEqual({ result: undefined });
  });

  test.each([
    ['by somebody with a conflict', { conflicts: [{ by: 'Olga', at: now }] }, 'conflict-of-interest'],
    [
      'after a rejection',
      { verdicts: [aVerdict('selection', { outcome: 'rejected' })], conclusion: { kind: 'rejected' } },
      'AlreadyConcluded',
    ],
    ['after an answer lapsed', { ...accepted, attendance: { answer: 'lapsed' } }, 'AlreadyConcluded'],
    [
      'too often',
      { addresses: Array.from({ length: 20 }, (_, number) => `ada${number}@example.net`) },
      'too-many-commands',
    ],
    ['on condition of what was', { revision: 7 }, 'precondition-failed'],
  ] satisfies [string, Described, string][])('is refused %s', (_, described, code) => {
    const check = () => correctAddress.check(meeting(aState(described)), { ...command, onlyIf: 6 });

    expect(check).toThrow(expect.objectContaining({ code }));
  });
});

test('H30: a token of before the correction is a wrong one, for every change', () => {
  const state = corrected(aState({ ...accepted, attendance: awaited }));

  for (const rule of [
    () => withdraw.check(meeting(state), {}),
    () => answer.check(meeting(state), { answer: 'declined' }),
    () => answer.check(meeting(state), { answer: 'declined', generation: 2 }),
  ])
    expect(rule).toThrow(expect.objectContaining({ code: 'unauthorized' }));
  expect(() => answer.check(meeting(state), { answer: 'declined', generation: 1 })).not.toThrow();
});
