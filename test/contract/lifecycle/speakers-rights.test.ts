import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../activities/messages-of.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { withPendingAddress } from '../../../contract/lifecycle/change-address.ts';
import { answerAsCoSpeaker } from '../../../contract/lifecycle/co-speakers.ts';
import type { CommandRule, MeetingText } from '../../../contract/lifecycle/command.ts';
import { edit } from '../../../contract/lifecycle/edit.ts';
import { handOver } from '../../../contract/lifecycle/hand-over.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { prove } from '../../../contract/lifecycle/prove.ts';
import { setReminders, withdraw } from '../../../contract/lifecycle/speaker.ts';
import { endTokens, undoAddress } from '../../../contract/lifecycle/tokens.ts';
import { generationOf } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { aSubmission } from '../../support/fixtures.ts';
import { attendance, panelRules } from '../../support/people.ts';
import { aRecord, aVerdict, type Described } from '../../support/records.ts';

const rules = panelRules({}, { attendance });
const now = '2026-11-02T12:00:00.000Z';
const later = '2026-11-02T12:05:00.000Z';
const inAMonth = '2026-12-02T12:00:00.000Z';
const due = '2026-11-12T12:00:00.000Z';
const jun = { name: 'Jun Watanabe', email: 'jun@example.net' };
const bo = { name: 'Bo Ek', email: 'bo@example.net' };
const submission = aSubmission({ coSpeakers: [jun, bo] });

function given<Command, Result>(
  state: SubmissionState,
  rule: CommandRule<Command, Result, MeetingText>,
  command: Command,
  { at = now, text = submission } = {},
) {
  const meeting = { state, submission: text, rules, now: at };
  rule.check(meeting, command);
  const { change } = rule.apply(meeting, command);
  return change ? changed(state, change, at) : state;
}

const aState = (described: Described = {}) =>
  aRecord(1, { stage: 'selection', proved: true, ...described }, submission).state;

const unproved = (described: Described = {}) => aState({ ...described, proved: undefined });

const pending = (state: SubmissionState, email: string, at = now) =>
  changed(state, withPendingAddress(state, { submitted: submission.speaker.email, email }, at), at);

const moved = (state: SubmissionState, email: string, at = now) => {
  const named = pending(state, email, at);
  return given(named, prove, { address: named.pendingAddress?.number ?? 0, answer: 'mine' }, { at });
};

const letters = ({ releases = [] }: SubmissionState) => releases.map(({ name, coSpeaker }) => ({ name, coSpeaker }));

const accepted = {
  verdicts: [aVerdict('selection')],
  conclusion: { kind: 'accepted' },
  releases: [{ name: 'accepted', number: 1, at: now, revision: 1 }],
} satisfies Described;

const mine = { address: 0, answer: 'mine' } as const;
const notMine = { address: 0, answer: 'not-mine' } as const;

describe('H38: an address that is not proved', () => {
  test('has the last word, although the submitter has ended all tokens', () => {
    const state = given(unproved(), endTokens, {});

    expect(given(state, prove, notMine)).toMatchObject({ silenced: true, course: { at: 'withdrawn' } });
    expect(given(state, prove, mine)).toMatchObject({ proved: true });
  });

  test('and says “not mine”: nobody proves the one that was pending, and nothing more is written to it', () => {
    const state = given(pending(unproved(), 'eve@evil.example'), prove, notMine);
    const told = state.releases?.length;

    expect(() => given(state, prove, { address: 1, answer: 'mine' })).toThrow();
    expect(() => given(state, prove, mine)).toThrow();
    expect(given(state, prove, notMine).releases).toHaveLength(told ?? 0);
  });

  test('of an accepted talk that nobody is asked about: the organisers hear of it', () => {
    const state = given(aState(accepted), prove, notMine);

    expect(letters(state).at(-1)).toMatchObject({ name: 'declined' });
  });
});

describe('H40: a link of a mail that was ended', () => {
  test('stays ended through a change of the address and back', () => {
    const ended = given(aState(), endTokens, {});
    const back = given(pending(ended, 'b@example.net'), undoAddress, { address: 0 });

    expect(() => given(ended, prove, mine)).toThrow();
    expect(() => given(back, prove, mine)).toThrow();
  });

  test('is ended whatever else a thief has used up', () => {
    let state = aState();
    for (let time = 0; time < 50; time += 1)
      for (const reminders of ['off', 'on'] as const) state = given(state, setReminders, { reminders });

    expect(() => given(state, setReminders, { reminders: 'off' })).toThrow();
    expect(generationOf(given(state, endTokens, {}))).toBe(generationOf(state) + 1);
  });
});

describe('H38: the way back, for seven days', () => {
  test('is there although the address was changed once more', () => {
    const twice = moved(moved(aState(), 'one@evil.example'), 'two@evil.example', later);
    const back = given(twice, undoAddress, { address: 0 }, { at: later });

    expect(back).toMatchObject({ address: 0, proved: true });
    // The addresses that came between have none.
    expect(() => given(back, undoAddress, { address: 1 }, { at: later })).toThrow();
    expect(() => given(twice, undoAddress, { address: 0 }, { at: inAMonth })).toThrow();
  });

  test('is there although the talk was handed over', () => {
    const state = moved(aState({ coSpeakers: [{ number: 1, ...jun, answer: 'accepted' }] }), 'one@evil.example');
    const held = given(state, handOver, { to: jun.email, generation: generationOf(state) }, { at: later });

    expect(given(held, undoAddress, { address: 0 }, { at: later })).toMatchObject({ address: 0 });
  });

  test('is there for who had a talk that was handed over, whose reminders the next speaker does not inherit', () => {
    const silent = given(aState({ coSpeakers: [{ number: 1, ...jun, answer: 'accepted' }] }), setReminders, {
      reminders: 'off',
    });
    const handed = given(silent, handOver, { to: jun.email });

    expect(letters(handed).map(({ name }) => name)).toEqual(expect.arrayContaining(['address-changing']));
    expect(handed.noReminders).toBeUndefined();
    expect(given(handed, undoAddress, { address: 0 }, { at: later })).toMatchObject({ address: 0, generation: 2 });
    expect(() => given(handed, undoAddress, { address: 0 }, { at: inAMonth })).toThrow();
  });

  test('stops a pending change, although one was undone before', () => {
    const undone = given(pending(aState(), 'b@example.net'), undoAddress, { address: 0 });
    const again = pending(undone, 'c@example.net', inAMonth);

    expect(given(again, undoAddress, { address: 0 }, { at: inAMonth }).pendingAddress).toBeUndefined();
  });
});

describe('an acceptance that was held runs on, with its whole time', () => {
  const held = { ...accepted, attendance: { answer: 'awaited', due, isHeld: true } } as const;

  test.each([
    ['the address is proved', given(unproved(held), prove, mine)],
    ['another address is proved', moved(unproved(held), 'new@example.net')],
    ['a change of it is undone', given(pending(unproved(held), 'new@example.net'), undoAddress, { address: 0 })],
  ])('once %s', (_, state) => {
    expect(state.proved).toBe(true);
    expect(nextStep(state, rules, now)).toEqual({ do: 'restart-clock' });
  });
});

describe('H42: co-speakers', () => {
  const withJun = () => aState({ coSpeakers: [{ number: 1, ...jun, answer: 'accepted' }] });
  const told = { name: 'co-speaker-told', coSpeaker: 1 };

  test('are invited where an undo has proved the address', () => {
    const state = given(pending(unproved(), 'new@example.net'), undoAddress, { address: 0 });

    expect(letters(state)).toContainEqual({ name: 'co-speaker-invited', coSpeaker: 1 });
  });

  test('are told of what whoever reads the mail has withdrawn', () => {
    expect(letters(given(withJun(), prove, notMine))).toContainEqual(told);
  });

  test('are told of nothing once the text names them no more, as after a handover to them', () => {
    const { text } = handOver.apply({ state: withJun(), submission, rules, now }, { to: jun.email });
    const handed = given(withJun(), handOver, { to: jun.email });

    expect(letters(given(withJun(), withdraw, {}))).toContainEqual(told);
    expect(letters(given(withJun(), withdraw, {}, { text: aSubmission() }))).not.toContainEqual(told);
    expect(letters(given(handed, withdraw, { generation: 1 }, text && { text }))).not.toContainEqual(told);
  });

  test('have a share of their own', () => {
    let state = given(unproved(), prove, mine);
    for (let time = 0; time < 50; time += 1)
      for (const answer of ['declined', 'accepted'] as const)
        state = given(state, answerAsCoSpeaker, { number: 1, answer });

    expect(() => given(state, answerAsCoSpeaker, { number: 1, answer: 'declined' })).toThrow();
    expect(given(state, answerAsCoSpeaker, { number: 2, answer: 'accepted' }).coSpeakers?.[1]?.answer).toBe('accepted');
  });

  test('have the name that the text has now', () => {
    const state = aState({ coSpeakers: [{ number: 1, name: 'Jnu', email: jun.email, answer: 'accepted' }] });

    expect(handOver.apply({ state, submission, rules, now }, { to: jun.email }).text?.speaker.name).toBe(jun.name);
  });
});

test('H37: the address can be changed although the text has had all its versions', () => {
  const meeting = { state: aState({ edition: 100 }), submission, rules, now };

  expect(() => edit.check(meeting, { changed: [], email: 'new@example.net' })).not.toThrow();
  expect(() => edit.check(meeting, { changed: ['title'] })).toThrow();
});

test('H38: a letter to a former address says whether that was ever proved', () => {
  const settings = { name: 'Conf', contact: 'c@example.org', timeZone: 'UTC' };
  const provedIn = (state: SubmissionState) =>
    messagesOf({ submission, state, fingerprint: 'x' }, settings, ['outbox'], { isOverLimit: false }).flatMap(
      ({ content, release }) => (content.kind === 'speaker' ? [[release, content.fields.isToProved]] : []),
    );

  expect(provedIn(moved(unproved(), 'own@evil.example'))).toContainEqual(['address-replaced', undefined]);
  expect(provedIn(moved(aState(), 'new@example.net'))).toContainEqual(['address-replaced', true]);
});
