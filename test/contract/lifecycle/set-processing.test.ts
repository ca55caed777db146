import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../../contract/call/call.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { decide } from '../../../contract/lifecycle/decide.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { Refusal } from '../../../contract/lifecycle/refusal.ts';
import { setProcessing } from '../../../contract/lifecycle/set-processing.ts';
import { failed, stuck } from '../../../contract/lifecycle/steps.ts';
import { awaits, isOverdue } from '../../../contract/record.ts';
import type { SubmissionState, Work } from '../../../contract/state.ts';
import { aCall } from '../../support/fixtures.ts';
import { panelRules } from '../../support/people.ts';
import { aRecord } from '../../support/records.ts';

const now = '2026-11-01T12:00:00.000Z';
const automatic = rulesOf(aCall());
const panels = panelRules({ whenDue: 'automatic' });

function at(work: Work, change: Partial<SubmissionState> = {}): SubmissionState {
  return { ...aRecord(1).state, course: { at: 'stage', stage: 'selection', since: now, work }, ...change };
}

const begun = at({ kind: 'begun' });
const isStuck = changed(begun, stuck(begun, now), now);

function commanded(processing: 'restart' | 'end', state = isStuck, rules = automatic): SubmissionState {
  const meeting = { state, rules, now };
  const command = { by: 'Olga', processing, reason: 'The service is repaired.' };
  setProcessing.check(meeting, command);
  const { change } = setProcessing.apply(meeting, command);
  return change ? changed(state, change, now) : state;
}

const refusalOf = (attempt: () => unknown) => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return undefined;
};

describe('a submission that the service gave up on', () => {
  test('waits for the organisers, who are told', () => {
    expect(nextStep(isStuck, automatic, now)).toEqual({ wait: 'organisers' });
    expect([awaits(isStuck), isOverdue(isStuck)]).toEqual(['organisers', true]);
    expect(isStuck.releases).toEqual([{ name: 'stuck', number: 1, at: now, revision: expect.any(Number) }]);
  });

  test('is judged again when it is restarted', () => {
    const restarted = commanded('restart');

    expect(nextStep(restarted, automatic, now)).toEqual({ do: 'judge', stage: 'selection' });
    expect(restarted.commands).toEqual([
      { number: 1, at: now, by: 'Olga', command: 'restart', reason: 'The service is repaired.', detail: 'selection' },
    ]);
  });

  test('is judged at once if its panel had its time before', () => {
    const restarted = commanded('restart', isStuck, panels);

    expect(nextStep(restarted, panels, now)).toEqual({ do: 'judge', stage: 'selection' });
  });

  test('fails when it is ended, and its speaker and the organisers are told', () => {
    const ended = commanded('end');
    const failure = changed(ended, failed(ended, 'processing-failed', now), now);

    expect(nextStep(ended, automatic, now)).toEqual({ do: 'fail', error: 'processing-failed' });
    expect(failure.releases?.map(({ name }) => name)).toEqual(['stuck', 'not-processed', 'failed']);
    expect(nextStep(failure, automatic, now)).toEqual({ end: true });
  });

  test('is ended once, and then nobody is asked to restart it or to decide', () => {
    const ended = commanded('end');

    expect(commanded('end', ended)).toEqual(ended);
    expect(isOverdue(ended)).toBe(false);
    expect(refusalOf(() => commanded('restart', ended))).toBe('not-stuck');
    const meeting = { state: ended, rules: automatic, now };
    expect(refusalOf(() => decide.check(meeting, { by: 'Olga', stage: 'selection', outcome: 'passed' }))).toBe(
      'not-under-review',
    );
  });

  test('can be decided', () => {
    const meeting = { state: isStuck, rules: automatic, now };
    const command = { by: 'Olga', stage: 'selection' as const, outcome: 'passed' as const };

    decide.check(meeting, command);

    expect(decide.apply(meeting, command).result).toMatchObject({ by: 'Olga', outcome: 'passed' });
  });

  test.each(['automatic', 'reject'] as const)(
    'fails with its call, whatever its rule: nobody has judged it: %s',
    (closing) => {
      const step = nextStep({ ...isStuck, closing }, automatic, now);

      expect(step).toEqual({ do: 'fail', error: 'processing-failed' });
    },
  );

  test.each([
    ['one that is judged', begun, 'not-stuck'],
    ['one in a panel', at({ kind: 'panel', due: now }), 'not-stuck'],
    ['one of whose people it is', { ...isStuck, conflicts: [{ by: 'Olga', at: now }] }, 'conflict-of-interest'],
    ['one that was restarted over and over', { ...isStuck, given: { Olga: 100 } }, 'too-many-commands'],
  ])('%s is not restarted', (_, state, code) => {
    expect(refusalOf(() => commanded('restart', state))).toBe(code);
  });

  test('can be ended by whoever has given many commands', () => {
    const ended = commanded('end', { ...isStuck, given: { Olga: 100 } });

    expect(nextStep(ended, automatic, now)).toEqual({ do: 'fail', error: 'processing-failed' });
  });

  test('is left alone by a command that is meant for another state of it', () => {
    const command = { by: 'Olga', processing: 'restart' as const, onlyIf: isStuck.revision + 1 };

    expect(refusalOf(() => setProcessing.check({ state: isStuck, rules: automatic, now }, command))).toBe(
      'precondition-failed',
    );
  });
});
