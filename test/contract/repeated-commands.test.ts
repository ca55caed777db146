import { expect, test } from 'vitest';
import { announce, close, promote } from '../../contract/lifecycle/announce.ts';
import { carriedOf } from '../../contract/lifecycle/carried.ts';
import { changed } from '../../contract/lifecycle/change.ts';
import type { CommandRule, MeetingText } from '../../contract/lifecycle/command.ts';
import { decide } from '../../contract/lifecycle/decide.ts';
import { declareConflict } from '../../contract/lifecycle/declare-conflict.ts';
import { reschedule } from '../../contract/lifecycle/reschedule.ts';
import { review } from '../../contract/lifecycle/review.ts';
import { answer, withdraw } from '../../contract/lifecycle/speaker.ts';
import { anId } from '../support/fixtures.ts';
import { panelRules, scores } from '../support/people.ts';
import { aRecord, aVerdict, type Described } from '../support/records.ts';

const due = '2026-12-01T12:00:00.000Z';
const inPanel: Described = { stage: 'selection', panel: { due } };
const decided: Described = { stage: 'selection', verdicts: [aVerdict('selection')] };
const waiting: Described = { stage: 'selection', verdicts: [aVerdict('selection', { outcome: 'waitlisted' })] };
const accepted: Described = { ...decided, conclusion: { kind: 'accepted' }, attendance: { answer: 'awaited', due } };

/** Gives the command twice, the second time to the run that the workflow has continued in. */
function twice<Command, Result>(
  rule: CommandRule<Command, Result, MeetingText>,
  described: Described,
  command: Command,
) {
  const rules = panelRules();
  const { state, submission } = aRecord(1, described);
  const first = { state, submission, rules, now: '2026-11-02T12:00:00.000Z' };
  rule.check(first, command);
  const { change = {}, result } = rule.apply(first, command);
  const after = carriedOf(changed(state, change, '2026-11-02T12:00:00.000Z'));
  const next = { state: after, submission, rules, now: '2026-11-02T12:00:09.000Z' };
  rule.check(next, command);
  const again = rule.apply(next, command);
  return { first: { change: undefined, result }, again: { change: again.change, result: again.result } };
}

const by = 'Olga';
const onlyIf = 1;

test.each([
  ['review', () => twice(review, inPanel, { by, scores, note: 'A note.', feedback: 'A hint.', onlyIf })],
  ['conflict', () => twice(declareConflict, inPanel, { by, onlyIf })],
  [
    'decision',
    () => twice(decide, inPanel, { by, stage: 'selection', outcome: 'passed', override: true, reason: 'So.', onlyIf }),
  ],
  [
    'decision at an early stage',
    () =>
      twice(
        decide,
        { stage: 'moderation', panel: { due } },
        { by, stage: 'moderation', outcome: 'passed', override: true, reason: 'So.', onlyIf },
      ),
  ],
  ['deadline', () => twice(reschedule, inPanel, { by, due: '2026-12-24T12:00:00.000Z', onlyIf })],
  ['announcement', () => twice(announce, decided, { by, operation: 'the-operation' })],
  ['promotion', () => twice(promote, waiting, { freedBy: anId(2) })],
  ['closing', () => twice(close, decided, { by })],
  ['answer', () => twice(answer, accepted, { answer: 'confirmed', onlyIf })],
  ['withdrawal', () => twice(withdraw, inPanel, { onlyIf })],
])('a %s that is repeated in the next run has the same result, and changes nothing', (_, give) => {
  const { first, again } = give();

  expect(again).toEqual(first);
});
