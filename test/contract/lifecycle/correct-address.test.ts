import { describe, expect, test } from 'vitest';
import { changed } from '../../../contract/lifecycle/change.ts';
import { withPendingAddress } from '../../../contract/lifecycle/change-address.ts';
import type { CommandRule } from '../../../contract/lifecycle/command.ts';
import { correctAddress } from '../../../contract/lifecycle/correct-address.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { prove } from '../../../contract/lifecycle/prove.ts';
import { answer, withdraw } from '../../../contract/lifecycle/speaker.ts';
import { endTokens, undoAddress } from '../../../contract/lifecycle/tokens.ts';
import { overtakerOf } from '../../../contract/mail/overtaken.ts';
import { generationOf, partiesOf, withAddress } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { aSubmission } from '../../support/fixtures.ts';
import { attendance, panelRules } from '../../support/people.ts';
import { aRecord, aVerdict, type Described } from '../../support/records.ts';

const rules = panelRules({}, { attendance });
const now = '2026-11-02T12:00:00.000Z';
const due = '2026-11-12T12:00:00.000Z';
const [wrong, right] = ['ada@exmaple.net', 'ada@example.net'];
const command = { by: 'Olga', from: wrong, email: right, reason: 'It had a typing error.' };

const meeting = (state: SubmissionState, at = now) => ({ state, submission: aSubmission(), rules, now: at });

/** The state after a command that is taken. */
function given<Command, Result>(
  state: SubmissionState,
  rule: CommandRule<Command, Result>,
  command: Command,
  at = now,
): SubmissionState {
  rule.check(meeting(state, at), command);
  const { change } = rule.apply(meeting(state, at), command);
  return change ? changed(state, change, at) : state;
}

const corrected = (state: SubmissionState, email = right) => given(state, correctAddress, { ...command, email });
const proved = (state: SubmissionState, address = 1) => given(state, prove, { address, answer: 'mine' });
const changedBySpeaker = (state: SubmissionState, email = right) =>
  changed(state, withPendingAddress(state, { submitted: wrong, email }, now), now);

const aState = (described: Described) => aRecord(1, { stage: 'selection', ...described }).state;
const accepted = { verdicts: [aVerdict('selection')], conclusion: { kind: 'accepted' } } satisfies Described;
const awaited = { answer: 'awaited', due, isHeld: true } as const;
const asked = { ...accepted, releases: [{ name: 'accepted', number: 1, at: now, revision: 1 }] } satisfies Described;
const letters = ({ releases = [] }: SubmissionState) =>
  releases.map(({ name, to }) => (to === undefined ? name : [name, to]));
const emailIn = (state: SubmissionState) => {
  const { submission } = aRecord(1);
  return withAddress({ ...submission, speaker: { ...submission.speaker, email: wrong } }, state).speaker.email;
};

/** Both are told at once, each in the call's own words. */
const toBoth = [
  ['address-proof', 1],
  ['address-changing', 0],
];

describe('an address that is corrected', () => {
  test.each([
    ['while nothing is decided', { panel: { due } }, ['address-corrected']],
    ['with a decision that is not announced', { verdicts: [aVerdict('selection')] }, ['address-corrected']],
    [
      'on the waiting list',
      { verdicts: [aVerdict('selection', { outcome: 'waitlisted' })], isOnWaitlist: true },
      ['waitlisted'],
    ],
    ['after a confirmation', { ...accepted, attendance: { answer: 'confirmed' } }, ['address-corrected']],
    ['while an answer is owed', { ...accepted, attendance: awaited }, []],
  ] satisfies [string, Described, string[]][])(
    '%s counts once it is proved, and has what was told',
    (_, described, told) => {
      const pending = corrected(aState(described));

      const after = proved(pending);

      expect([emailIn(pending), emailIn(after)]).toEqual([wrong, right]);
      expect(letters(pending)).toEqual(toBoth);
      expect(letters(after)).toEqual([...toBoth, ['address-replaced', 0], ...told]);
      expect(pending.commands).toMatchObject([{ by: 'Olga', command: 'correct-address', reason: command.reason }]);
    },
  );

  test('has an answer that is owed asked for again, with its whole time, once it is proved', () => {
    const pending = corrected(aState({ ...accepted, attendance: awaited }));

    expect(nextStep(pending, rules, now)).toEqual({ wait: 'delivery' });
    expect(nextStep(proved(pending), rules, now)).toEqual({ do: 'restart-clock' });
  });

  test('tells conflicts of interest from the first, as the former ones do', () => {
    const { submission, state } = aRecord(1);

    const after = proved(corrected(proved(corrected(state)), 'ada@other.example'), 2);
    const own = withAddress(submission, after);

    expect(own.speaker.email).toBe('ada@other.example');
    expect(partiesOf({ submission: own, state: corrected(state) })).toMatchObject({ formerAddresses: [right] });
    expect(partiesOf({ submission: own, state: after })).toMatchObject({ formerAddresses: [wrong, right] });
  });

  test('that is named again changes nothing, before and after it is proved', () => {
    for (const state of [corrected(aState({})), proved(corrected(aState({})))]) expect(corrected(state)).toBe(state);
  });

  test('of before that is named again is the end of the pending one', () => {
    expect(corrected(corrected(aState({})), wrong)).toMatchObject({
      pendingAddress: undefined,
      addresses: [wrong, right],
    });
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

describe('an address that the speaker changes', () => {
  test('gains no time: what was told goes to the new one, with its date', () => {
    const state = aState({ ...asked, attendance: { answer: 'awaited', due } });

    const after = proved(changedBySpeaker(state));

    expect(letters(after)).toEqual(['accepted', ...toBoth, ['address-replaced', 0], 'accepted']);
    expect(after.course).toEqual(state.course);
  });

  test('that nobody proves leaves all as it was: answers go to the old one', () => {
    const pending = changedBySpeaker(aState({ proved: true }));

    expect(emailIn(pending)).toBe(wrong);
    expect([pending.proved, generationOf(pending)]).toEqual([true, 0]);
  });

  test('that is refused by whoever reads its mail is no longer pending', () => {
    const after = given(changedBySpeaker(aState({})), prove, { address: 1, answer: 'not-mine' });

    expect([after.pendingAddress, emailIn(after), after.silenced]).toEqual([undefined, wrong, undefined]);
  });

  test('takes over no letter that waits to be sent to the old one', () => {
    const after = proved(changedBySpeaker(aState({ ...asked, attendance: { answer: 'awaited', due } })));
    const { releases = [] } = after;

    const overtaken = releases.map((one) => overtakerOf(one, releases)?.name);

    expect(overtaken).toEqual(
      ['accepted', undefined, undefined, undefined, undefined].map((one, at) => (at === 0 ? 'address-replaced' : one)),
    );
  });
});

describe('the former address', () => {
  const late = '2026-11-09T12:00:00.000Z';

  test('takes the submission back before the new one is proved, and ends all tokens', () => {
    const back = given(changedBySpeaker(aState({})), undoAddress, { address: 0 });

    expect(back).toMatchObject({ pendingAddress: undefined, proved: true, generation: 1 });
    expect(emailIn(back)).toBe(wrong);
    expect(() => prove.check(meeting(back), { address: 1, answer: 'mine' })).toThrow();
  });

  test('takes it back for seven days after, and both are told', () => {
    const changed = proved(changedBySpeaker(aState({})));

    const back = given(changed, undoAddress, { address: 0 });

    expect([emailIn(back), generationOf(back)]).toEqual([wrong, 2]);
    expect(letters(back).slice(-2)).toEqual([['address-replaced', 1], 'address-corrected']);
    expect(() => undoAddress.check(meeting(changed, late), { address: 0 })).toThrow(
      expect.objectContaining({ code: 'unauthorized' }),
    );
  });

  test('H34: does so once, however often the button is pressed', () => {
    for (const before of [changedBySpeaker(aState({})), proved(changedBySpeaker(aState({})))]) {
      const back = given(before, undoAddress, { address: 0 });
      expect(given(back, undoAddress, { address: 0 })).toBe(back);
    }
  });

  test.each([1, 2])('is not the address %i', (address) => {
    expect(() => undoAddress.check(meeting(changedBySpeaker(aState({}))), { address })).toThrow(
      expect.objectContaining({ code: 'unauthorized' }),
    );
  });
});

describe('H30, H40: a token of before is a wrong one, for every change', () => {
  test('once another address is proved', () => {
    const state = proved(corrected(aState({ ...accepted, attendance: awaited })));

    for (const rule of [
      () => withdraw.check(meeting(state), {}),
      () => answer.check(meeting(state), { answer: 'declined' }),
      () => answer.check(meeting(state), { answer: 'declined', generation: 2 }),
    ])
      expect(rule).toThrow(expect.objectContaining({ code: 'unauthorized' }));
    expect(() => answer.check(meeting(state), { answer: 'declined', generation: 1 })).not.toThrow();
  });

  test('once the speaker has ended it, and a mail of before gives no other', () => {
    const state = given(aState({ proved: true }), endTokens, {});

    for (const check of [
      () => withdraw.check(meeting(state), {}),
      () => endTokens.check(meeting(state), {}),
      () => prove.check(meeting(state), { address: 0, answer: 'mine' }),
    ])
      expect(check).toThrow(expect.objectContaining({ code: 'unauthorized' }));
    expect(() => withdraw.check(meeting(state), { generation: 1 })).not.toThrow();
  });
});
