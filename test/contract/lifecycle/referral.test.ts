import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../../contract/call/call.ts';
import { rulesOfStage } from '../../../contract/call/rules-of-stage.ts';
import { type Change, changed } from '../../../contract/lifecycle/change.ts';
import { decide } from '../../../contract/lifecycle/decide.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { reschedule } from '../../../contract/lifecycle/reschedule.ts';
import {
  escalated,
  type Judgement,
  judged,
  referralPassed,
  rejectedUndecided,
} from '../../../contract/lifecycle/steps.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { awaits, currentVerdict, findingsIn, isOverdue, workOf } from '../../../contract/record.ts';
import type { SubmissionState, Work } from '../../../contract/state.ts';
import { aCall } from '../../support/fixtures.ts';
import { panelRules } from '../../support/people.ts';
import { aRecord } from '../../support/records.ts';

const now = '2026-11-01T12:00:00.000Z';
const due = '2026-11-04T12:00:00.000Z';
const findings = [{ check: 'words' as const, consequence: 'refer' as const, detail: 'Found in the title: idiots.' }];
const reasons = [{ code: 'with-findings', detail: 'Nothing was found that the call rejects a submission for.' }];
const rules = rulesOf(aCall());

function inModeration(work: Work, change: Partial<SubmissionState> = {}): SubmissionState {
  return { ...aRecord(1).state, course: { at: 'stage', stage: 'moderation', since: now, work }, ...change };
}

function referred(whenDue: 'pass' | 'escalate', change: Partial<SubmissionState> = {}): SubmissionState {
  const state = inModeration({ kind: 'begun' }, change);
  const judgement: Judgement = { outcome: 'passed', reasons, findings, referral: { due, whenDue } };
  return changed(state, judged(state, 'moderation', judgement, now), now);
}

const onward = (state: SubmissionState, change: Change) => changed(state, change, due);

describe('a finding that is referred', () => {
  test('waits for the organisers, who are notified; to pollers nothing has happened', () => {
    const before = inModeration({ kind: 'begun' });

    const state = referred('pass');

    expect(nextStep(state, rules, now)).toEqual({ wait: 'referral', until: due });
    expect([awaits(state), isOverdue(state)]).toEqual(['organisers', false]);
    expect(state.releases).toEqual([{ name: 'referred', number: 1, at: now, revision: expect.any(Number) }]);
    expect([currentVerdict(state), findingsIn(state)]).toEqual([undefined, findings]);
    expect(publicStatus(state)).toEqual(publicStatus(before));
  });

  test('passes when it is due, with what was found', () => {
    const state = referred('pass');

    const step = nextStep(state, rules, due);
    const passed = onward(state, referralPassed(state, due));

    expect(step).toEqual({ do: 'pass-referral' });
    expect(passed.verdicts).toEqual([
      { outcome: 'passed', stage: 'moderation', reasons, findings, decidedAt: due, number: state.revision + 1 },
    ]);
    expect(passed.course).toMatchObject({ at: 'stage', stage: 'shortlisting' });
  });

  test('escalates when it is due, and then waits for as long as it takes', () => {
    const state = referred('escalate');

    const step = nextStep(state, rules, due);
    const late = onward(state, escalated(state, due));

    expect(step).toEqual({ do: 'escalate' });
    expect(nextStep(late, rules, '2027-11-01T12:00:00.000Z')).toEqual({ wait: 'organisers' });
    expect([awaits(late), isOverdue(late)]).toEqual(['organisers', true]);
    expect(late.releases?.map(({ name }) => name)).toEqual(['referred', 'decision-due']);
  });

  test.each(['passed', 'rejected'] as const)('is decided by one organiser as %s, without a quorum', (outcome) => {
    const meeting = { state: referred('escalate'), rules, now };
    const command = { by: 'Olga', stage: 'moderation' as const, outcome };

    decide.check(meeting, command);
    const { result } = decide.apply(meeting, command);

    expect(result).toMatchObject({ by: 'Olga', outcome, findings });
  });

  test('has a deadline that can be moved, also once it has passed', () => {
    const state = referred('escalate');
    const late = onward(state, escalated(state, due));
    const meeting = { state: late, rules, now: due };
    const command = { by: 'Olga', due: '2026-11-09T12:00:00.000Z' };

    reschedule.check(meeting, command);
    const { change = {} } = reschedule.apply(meeting, command);

    const moved = onward(late, change);
    expect(nextStep(moved, rules, due)).toEqual({ wait: 'referral', until: command.due });
    expect(isOverdue(moved)).toBe(false);
  });

  test.each([
    ['automatic', { do: 'pass-referral' }],
    ['reject', { do: 'reject-undecided', stage: 'moderation' }],
  ] as const)('of a call that is closed is decided by its rule: %s', (closing, step) => {
    const state = referred('escalate', { closing });

    expect(nextStep(state, rules, now)).toEqual(step);
    expect(onward(state, rejectedUndecided(state, 'moderation', due)).verdicts).toMatchObject([{ findings }]);
  });

  test('is not referred after a panel, whose people had their time: the findings are in the verdict', () => {
    const { policy } = rulesOfStage(panelRules({ whenDue: 'automatic' }), 'selection');
    const stages = rules.stages.map((one) => (one.stage === 'moderation' ? { ...one, policy } : one));
    const ofPanel = { ...rules, stages };
    const state = inModeration({ kind: 'panel', due, reminders: [] });

    const step = nextStep(state, ofPanel, due);
    const judgement: Judgement = { outcome: 'passed', reasons, findings, referral: { due, whenDue: 'escalate' } };
    const next = onward(state, judged(state, 'moderation', judgement, due));

    expect(step).toEqual({ do: 'judge', stage: 'moderation' });
    expect(workOf(next)).toEqual({ kind: 'begun' });
    expect(next.verdicts).toMatchObject([{ stage: 'moderation', findings }]);
  });
});
