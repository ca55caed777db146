import { describe, expect, test } from 'vitest';
import type { CallRules } from '../../../contract/call/rules.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { cancel } from '../../../contract/lifecycle/cancel.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { openingState } from '../../../contract/lifecycle/opening-state.ts';
import { Refusal } from '../../../contract/lifecycle/refusal.ts';
import { answer } from '../../../contract/lifecycle/speaker.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { isOver } from '../../../contract/record.ts';
import type { Attendance, SubmissionState } from '../../../contract/state.ts';
import { anInput } from '../../support/fixtures.ts';
import { panelRules } from '../../support/people.ts';
import { aState, aVerdict, type Described } from '../../support/records.ts';

const now = '2027-02-01T12:00:00.000Z';
const [earlier, later] = ['2027-02-01T12:59:59+01:00', '2027-02-01T13:00:01+01:00'];
const reason = 'She is ill.';

const rulesUntil = (cancelUntil?: string): CallRules =>
  panelRules({}, { attendance: { deadline: '10d', ...(cancelUntil && { cancelUntil }) } });

const submitted = initialState(anInput());

const stateOf = (change: Described): SubmissionState =>
  aState(submitted, { stage: 'selection', verdicts: [aVerdict('selection')], revision: 9, ...change });

const anAcceptance = (attendance?: Attendance, change: Described = {}): SubmissionState =>
  stateOf({ conclusion: { kind: 'accepted' }, ...(attendance && { attendance }), ...change });

const confirmed = anAcceptance({ answer: 'confirmed' });
const awaited = anAcceptance({ answer: 'awaited', due: later });

function refusalOf(check: () => void) {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, ...error.details };
    throw error;
  }
}

describe('a speaker who has confirmed', () => {
  const leave = (state: SubmissionState, rules = rulesUntil(later), onlyIf?: number) => {
    const [meeting, command] = [
      { state, rules, now },
      { answer: 'canceled' as const, ...(onlyIf && { onlyIf }) },
    ];
    const refusal = refusalOf(() => answer.check(meeting, command));
    return refusal ?? answer.apply(meeting, command);
  };

  test('H14: cancels until the date of the call: only the attendance changes, and the slot is free', () => {
    const applied = leave(confirmed);
    const change = 'result' in applied ? applied.change : undefined;
    const after = changed(confirmed, change ?? {}, now);

    expect(publicStatus(after)).toEqual({
      ...publicStatus(confirmed),
      lastUpdatedAt: now,
      result: { outcome: 'accepted', attendance: 'canceled' },
    });
    expect(applied).toMatchObject({ result: publicStatus(after) });
    expect(after).toMatchObject({
      revision: 10,
      course: { at: 'accepted', attendance: { answer: 'canceled' }, slot: 'free' },
      commands: [{ number: 1, at: now, by: 'speaker', command: 'attendance', detail: 'canceled' }],
      releases: [{ name: 'canceled', number: 1, at: now }],
    });
    expect([isOver(confirmed), isOver(after)]).toEqual([true, true]);
  });

  test.each([
    ['after that date', confirmed, rulesUntil(earlier), { code: 'attendance-answered', attendance: 'confirmed' }],
    ['at that date', confirmed, rulesUntil(now), { code: 'attendance-answered', attendance: 'confirmed' }],
    ['without such a date', confirmed, rulesUntil(), { code: 'attendance-answered', attendance: 'confirmed' }],
    ['before an answer', awaited, rulesUntil(later), { code: 'not-confirmed' }],
    [
      'after declining',
      anAcceptance({ answer: 'declined' }),
      rulesUntil(later),
      { code: 'attendance-answered', attendance: 'declined' },
    ],
    ['before an acceptance', stateOf({}), rulesUntil(later), { code: 'not-accepted' }],
    ['after a rejection', stateOf({ conclusion: { kind: 'rejected' } }), rulesUntil(later), { code: 'not-accepted' }],
  ])('is refused %s', (_, state, rules, refusal) => {
    expect(leave(state, rules)).toEqual(refusal);
  });

  test('H34: cancels what was seen, and can repeat it', () => {
    const canceled = anAcceptance({ answer: 'canceled' });

    expect(leave(confirmed, rulesUntil(later), 8)).toEqual({ code: 'precondition-failed' });
    expect(leave(canceled, rulesUntil(earlier), 8)).toEqual({ result: publicStatus(canceled) });
  });

  test('keeps the workflow open until that date, and no longer', () => {
    expect(nextStep(confirmed, rulesUntil(later), now)).toEqual({
      wait: 'time-to-cancel',
      until: new Date(later).toISOString(),
    });
    expect(nextStep(confirmed, rulesUntil(earlier), now)).toEqual({ end: true });
    expect(nextStep(confirmed, rulesUntil(), now)).toEqual({ end: true });
  });

  test('frees no slot once the call is closed', () => {
    const closed = anAcceptance({ answer: 'confirmed' }, { closing: 'reject' });

    expect(leave(closed)).toMatchObject({
      change: { course: { at: 'accepted', stage: 'selection', attendance: { answer: 'canceled' } } },
    });
    expect(leave(closed)).not.toHaveProperty('change.course.slot');
  });
});

describe('an organiser', () => {
  const command = { by: 'Olga', reason };
  const meetingOf = (state: SubmissionState) => ({ state, rules: rulesUntil(earlier), now });

  test.each([
    ['confirmed', confirmed],
    ['awaited', awaited],
  ])('cancels at any time for a speaker who is %s, and the speaker is told', (_, state) => {
    cancel.check(meetingOf(state), command);
    const { change } = cancel.apply(meetingOf(state), command);
    const after = changed(state, change ?? {}, now);

    expect(after).toMatchObject({
      course: { at: 'accepted', attendance: { answer: 'canceled' }, slot: 'free' },
      commands: [{ number: 1, at: now, by: 'Olga', command: 'cancel', reason }],
      releases: [{ name: 'canceled-by-organisers' }, { name: 'canceled-for-speaker' }],
    });
    expect(publicStatus(after).result).toEqual({ outcome: 'accepted', attendance: 'canceled' });
    expect(nextStep(after, rulesUntil(later), now)).toEqual({ do: 'pass-slot-on' });
  });

  test.each([
    ['what is not accepted', stateOf({}), { code: 'not-accepted' }],
    ['an acceptance that asks for no answer', anAcceptance(), { code: 'not-confirmed' }],
    [
      'what was declined',
      anAcceptance({ answer: 'declined' }),
      { code: 'attendance-answered', attendance: 'declined' },
    ],
    ['what has lapsed', anAcceptance({ answer: 'lapsed' }), { code: 'attendance-answered', attendance: 'lapsed' }],
    [
      'with a conflict of interest',
      anAcceptance({ answer: 'confirmed' }, { conflicts: [{ by: 'Olga', at: now }] }),
      { code: 'conflict-of-interest' },
    ],
  ])("can't cancel %s", (_, state, refusal) => {
    expect(refusalOf(() => cancel.check(meetingOf(state), command))).toEqual(refusal);
  });

  test('H34: cancels what was seen; a repetition changes nothing, whoever has canceled', () => {
    const canceled = anAcceptance({ answer: 'canceled' });

    expect(refusalOf(() => cancel.check(meetingOf(confirmed), { ...command, onlyIf: 8 }))).toEqual({
      code: 'precondition-failed',
    });
    expect(refusalOf(() => cancel.check(meetingOf(canceled), { ...command, onlyIf: 8 }))).toBeUndefined();
    expect(cancel.apply(meetingOf(canceled), command)).toEqual({ result: publicStatus(canceled) });
  });
});

describe('a run that cancels from the record', () => {
  const opening = (state: SubmissionState) =>
    openingState({
      ...anInput({ rules: rulesUntil(earlier) }),
      carried: { state, known: state.revision },
      late: { name: 'cancel', command: { by: 'Olga', reason }, at: now },
    });

  test('begins canceled, with the line of the audit after those on record', () => {
    const state = opening({ ...confirmed, lastCommand: 4 });

    expect(state).toMatchObject({
      revision: 10,
      lastUpdatedAt: now,
      course: { attendance: { answer: 'canceled' }, slot: 'free' },
      commands: [{ number: 5, by: 'Olga', command: 'cancel', reason }],
    });
  });

  test('leaves anything else as it is', () => {
    const answers = ['declined', 'lapsed', 'canceled'] as const;
    const others = [stateOf({}), anAcceptance(), ...answers.map((answer) => anAcceptance({ answer }))];

    expect(others.map(opening)).toEqual(others);
  });
});
