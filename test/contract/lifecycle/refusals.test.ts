import { describe, expect, test } from 'vitest';
import type { CallRules } from '../../../contract/call/rules.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { announce } from '../../../contract/lifecycle/announce.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { type CommandRule, type Meeting, mostOfOnePerson } from '../../../contract/lifecycle/command.ts';
import { decide } from '../../../contract/lifecycle/decide.ts';
import { declareConflict } from '../../../contract/lifecycle/declare-conflict.ts';
import { Refusal } from '../../../contract/lifecycle/refusal.ts';
import { reschedule } from '../../../contract/lifecycle/reschedule.ts';
import { review } from '../../../contract/lifecycle/review.ts';
import { answer, withdraw } from '../../../contract/lifecycle/speaker.ts';
import type { ReviewCommand } from '../../../contract/workflow/commands.ts';
import { noRevision } from '../../../contract/workflow/commands.ts';
import { anInput } from '../../support/fixtures.ts';
import { aState, aVerdict, type Described } from '../../support/records.ts';

const now = '2026-11-02T12:00:00.000Z';
const due = '2026-11-09T12:00:00.000Z';
const given = anInput().rules;
const quorum = { kind: 'panel' as const, quorum: 2, deadline: { days: 8, milliseconds: 0 }, reminders: [] };
const rules: CallRules = {
  ...given,
  stages: given.stages.map((one) => ({ ...one, policy: { ...quorum, whenDue: 'escalate' } })),
};

const inPanel: Described = { panel: { due, reminders: [] } };
const accepted: Described = { stage: 'selection', verdicts: [aVerdict('selection')], conclusion: { kind: 'accepted' } };
const rita = { substance: 4 };
const byRita = { stage: 'moderation' as const, by: 'Rita', at: now, scores: rita, score: 4 };

function aMeeting(described: Described): Meeting {
  return { state: aState(initialState(anInput()), { revision: 5, ...described }), rules, now };
}

function refusalOf<Command, Result>(rule: CommandRule<Command, Result>, described: Described, command: Command) {
  try {
    rule.check(aMeeting(described), command);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Object.keys(error.details).length === 0 ? error.code : [error.code, error.details];
  }
}

/** Gives a command as often as it is taken. @returns how often, and what stands then */
function repeated<Command, Result>(
  rule: CommandRule<Command, Result>,
  meeting: Meeting,
  commands: readonly Command[],
): { taken: number; meeting: Meeting } {
  let { state } = meeting;
  let taken = 0;
  for (const command of commands) {
    try {
      rule.check({ ...meeting, state }, command);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'too-many-commands') throw error;
      continue;
    }
    const { change } = rule.apply({ ...meeting, state }, command);
    if (change) state = changed(state, change, now);
    taken++;
  }
  return { taken, meeting: { ...meeting, state } };
}

describe('a review', () => {
  const command: ReviewCommand = { by: 'Rita', scores: rita };

  test.each<[string, Described, Partial<ReviewCommand>, unknown]>([
    ['without a panel', {}, {}, 'not-under-review'],
    ['after the decision', accepted, {}, 'not-under-review'],
    ['after a conflict', { ...inPanel, conflicts: [{ by: 'Rita', at: now }] }, {}, 'conflict-of-interest'],
    ['by an unknown criterion', inPanel, { scores: { charm: 5 } }, 'unknown-criterion'],
    ['of an earlier revision', inPanel, { onlyIf: 4 }, 'precondition-failed'],
    ['of this revision', inPanel, { onlyIf: 5 }, undefined],
    ['beside others', { ...inPanel, reviewers: [{ stage: 'moderation', by: 'Rolf' }] }, {}, undefined],
    [
      'that has seen others',
      { ...inPanel, reviewers: [{ stage: 'moderation', by: 'Rolf' }] },
      { seesAll: true },
      'reviews-read',
    ],
    [
      'with other scores, after others',
      { ...inPanel, reviews: [byRita], reviewers: [{ stage: 'moderation', by: 'Rolf' }] },
      { scores: { substance: 1 } },
      'reviews-read',
    ],
    ['that is repeated, of an earlier revision', { ...inPanel, reviews: [byRita] }, { onlyIf: 4 }, undefined],
  ])('%s', (_, described, more, refusal) => {
    expect(refusalOf(review, described, { ...command, ...more })).toEqual(refusal);
  });
});

describe('a decision', () => {
  const command = { by: 'Olga', stage: 'moderation', outcome: 'rejected' } as const;
  const decided = { ...inPanel, verdicts: [aVerdict('moderation', { number: 2, by: 'Otto', outcome: 'rejected' })] };
  const standing = {
    stage: 'moderation',
    outcome: 'rejected',
    number: 2,
    decidedAt: '2026-11-01T12:00:00.000Z',
    by: 'Otto',
  };

  test.each<[string, Described, object, unknown]>([
    ['without a panel', {}, { override: true }, 'not-under-review'],
    ['after a conflict', { ...inPanel, conflicts: [{ by: 'Olga', at: now }] }, {}, 'conflict-of-interest'],
    ['without the quorum', { ...inPanel, reviews: [byRita] }, {}, ['quorum-not-reached', { quorum: 2, reviews: 1 }]],
    ['with the quorum', { ...inPanel, reviews: [byRita, { ...byRita, by: 'Rolf' }] }, {}, undefined],
    ['that overrides the quorum', inPanel, { override: true }, undefined],
    ['of an earlier revision', inPanel, { override: true, onlyIf: 4 }, 'precondition-failed'],
    ['on another stage', inPanel, { stage: 'selection', override: true }, ['already-decided', { stage: 'moderation' }]],
    [
      'in place of one that was not made',
      inPanel,
      { replaces: 2, override: true },
      ['already-decided', { stage: 'moderation' }],
    ],
    ['for a waiting list that is not there', inPanel, { outcome: 'waitlisted' }, 'no-waiting-list-here'],
    ['H23: beside another one', decided, { override: true }, ['already-decided', { decision: standing }]],
    ['in place of the one that stands', decided, { override: true, replaces: 2 }, undefined],
    ['that is announced', { ...decided, isReleased: true }, { replaces: 2 }, 'AlreadyConcluded'],
    ['after the outcome', accepted, { stage: 'selection' }, 'AlreadyConcluded'],
  ])('%s', (_, described, more, refusal) => {
    expect(refusalOf(decide, described, { ...command, ...more })).toEqual(refusal);
  });

  test('against one on the waiting list, who knows of it', () => {
    const verdict = aVerdict('selection', { outcome: 'waitlisted', by: 'Olga', number: 4 });
    const waits: Described = { stage: 'selection', verdicts: [verdict], isOnWaitlist: true };
    const more = { by: 'Otto', stage: 'selection', replaces: 4, override: true } as const;

    expect(refusalOf(decide, waits, { ...more, outcome: 'rejected' })).toMatchObject(['already-decided', {}]);
    expect(refusalOf(decide, waits, { ...more, outcome: 'passed' })).toBeUndefined();
  });
});

describe('other commands', () => {
  test.each([
    ['a conflict after the end', refusalOf(declareConflict, accepted, { by: 'Rita' }), 'not-under-review'],
    [
      'a conflict of another person, by one who has one',
      refusalOf(declareConflict, { conflicts: [{ by: 'Olga', at: now }] }, { by: 'Olga', person: 'Rita' }),
      'conflict-of-interest',
    ],
    [
      'a conflict of an earlier revision',
      refusalOf(declareConflict, {}, { by: 'Rita', onlyIf: 4 }),
      'precondition-failed',
    ],
    ['a deadline that is not there', refusalOf(reschedule, {}, { by: 'Olga', due }), 'nothing-due'],
    [
      'the same deadline, of an earlier revision',
      refusalOf(reschedule, inPanel, { by: 'Olga', due, onlyIf: 4 }),
      undefined,
    ],
    [
      'another deadline, of one',
      refusalOf(reschedule, inPanel, { by: 'Olga', due: now, onlyIf: 4 }),
      'precondition-failed',
    ],
    ['an announcement without a decision', refusalOf(announce, inPanel, { by: 'Olga' }), 'not-decided'],
    ['an announcement of what was announced', refusalOf(announce, accepted, { by: 'Olga' }), undefined],
    ['an answer before an acceptance', refusalOf(answer, {}, { answer: 'confirmed' }), 'not-accepted'],
    [
      'another answer',
      refusalOf(answer, { ...accepted, attendance: { answer: 'confirmed' } }, { answer: 'declined' }),
      ['attendance-answered', { attendance: 'confirmed' }],
    ],
    [
      'the same answer, of no revision',
      refusalOf(
        answer,
        { ...accepted, attendance: { answer: 'confirmed' } },
        { answer: 'confirmed', onlyIf: noRevision },
      ),
      undefined,
    ],
    [
      'an answer of an earlier revision',
      refusalOf(answer, { ...accepted, attendance: { answer: 'awaited', due } }, { answer: 'confirmed', onlyIf: 4 }),
      'precondition-failed',
    ],
    ['H22: a withdrawal after the outcome', refusalOf(withdraw, accepted, {}), 'AlreadyConcluded'],
    ['a withdrawal of an earlier revision', refusalOf(withdraw, {}, { onlyIf: 4 }), 'precondition-failed'],
    [
      'a withdrawal that is repeated',
      refusalOf(withdraw, { conclusion: { kind: 'withdrawn' } }, { onlyIf: 4 }),
      undefined,
    ],
  ])('%s', (_, refusal, expected) => {
    expect(refusal).toEqual(expected);
  });
});

describe('one person', () => {
  const reviews = Array.from({ length: 500 }, (_, at) => ({ by: 'Rita', scores: rita, note: `Note ${at}` }));

  test('who repeats a review 500 times takes nothing from others', () => {
    const { taken, meeting } = repeated(review, aMeeting(inPanel), reviews);

    expect(taken).toBe(mostOfOnePerson);
    expect(meeting.state.reviews).toMatchObject([{ by: 'Rita', note: 'Note 99' }]);
    expect(repeated(review, meeting, [{ by: 'Rolf', scores: rita }]).taken).toBe(1);
    expect(repeated(declareConflict, meeting, [{ by: 'Rolf' }]).taken).toBe(1);
    expect(repeated(reschedule, meeting, [{ by: 'Olga', due: now }]).taken).toBe(1);
  });

  test('who has reached the most of one person has no deadline to move, and a conflict to declare all the same', () => {
    const { meeting } = repeated(review, aMeeting(inPanel), reviews);

    expect(repeated(declareConflict, meeting, [{ by: 'Rita' }]).taken).toBe(1);
    expect(repeated(reschedule, meeting, [{ by: 'Rita', due: now }]).taken).toBe(0);
    expect(repeated(review, meeting, [{ by: 'Rita', scores: rita, note: 'Note 99' }]).taken).toBe(1);
  });

  test('who organises decides, withdraws and announces, however many commands they have given', () => {
    const moves = Array.from({ length: 500 }, (_, at) => ({
      by: 'Olga',
      due: new Date(Date.parse(due) + at + 1).toISOString(),
    }));
    const { taken, meeting } = repeated(reschedule, aMeeting(inPanel), moves);

    const decided = repeated(decide, meeting, [
      { by: 'Olga', stage: 'moderation', outcome: 'rejected', override: true },
    ]);
    const announced = repeated(announce, decided.meeting, [{ by: 'Olga' }]);

    expect([taken, decided.taken, announced.taken]).toEqual([mostOfOnePerson, 1, 1]);
    expect(announced.meeting.state.course).toEqual({ at: 'decided', stage: 'moderation', announced: 'yes' });
  });
});
