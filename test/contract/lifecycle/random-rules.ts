import fc from 'fast-check';
import { byOrganisers } from '../../../contract/call/announcing.ts';
import { rulesOf } from '../../../contract/call/call.ts';
import type { CallRules, RulesOfStage } from '../../../contract/call/rules.ts';
import { aCall } from '../../support/fixtures.ts';

export const day = 86_400_000;
export const begin = Date.parse('2026-11-01T12:00:00.000Z');

const given = rulesOf(aCall());

const days = (count: number) => ({ days: count, milliseconds: 0 });
const reminders = fc.constantFrom<number[]>([], [2], [5, 2], [40]).map((all) => all.map(days));

const automatic = fc.record({ kind: fc.constant('automatic' as const), after: fc.constantFrom(0, 0, day) });
const panel = fc.record({
  kind: fc.constant('panel' as const),
  quorum: fc.constantFrom(1, 2),
  deadline: fc.constantFrom(7, 20).map(days),
  reminders,
  whenDue: fc.constantFrom('automatic' as const, 'escalate' as const),
});

const attendance = fc.record(
  {
    deadline: fc.constant(days(10)),
    reminders,
    cancelUntil: fc.constantFrom(20, 60).map((after) => new Date(begin + after * day).toISOString()),
  },
  { requiredKeys: ['deadline', 'reminders'] },
);

const announcement = fc.constantFrom(undefined, byOrganisers, ...[5, 30].map((after) => at(after)));

/** All that a call may lay down about the course of its submissions. Every other one has all stages. */
export const someRules: fc.Arbitrary<CallRules> = fc
  .record({
    policies: fc.tuple(fc.oneof(automatic, panel), fc.oneof(automatic, panel), fc.oneof(automatic, panel)),
    stages: fc.oneof(fc.constant<number[]>([0, 1, 2]), fc.subarray<number>([0, 1, 2], { minLength: 1 })),
    disclosure: fc.constantFrom('progress' as const, 'until-announced' as const),
    announcement,
    attendance: fc.option(attendance, { nil: undefined }),
    editsUntil: fc.constantFrom(3, 25, 400).map((after) => at(after)),
    whenClosed: fc.constantFrom('automatic' as const, 'reject' as const),
  })
  .map(({ policies, stages, disclosure, announcement, attendance, editsUntil, whenClosed }) => ({
    ...given,
    editsUntil,
    disclosure,
    whenClosed,
    stages: stages.flatMap((index) => withPolicy(given.stages[index], policies[index])),
    ...(announcement !== undefined && { announcement }),
    ...(announcement === undefined && disclosure === 'until-announced' && { announcement: byOrganisers }),
    ...(attendance && { attendance: { ...attendance } }),
  }));

function withPolicy(rules: RulesOfStage | undefined, policy: RulesOfStage['policy'] | undefined): RulesOfStage[] {
  return rules && policy ? [{ ...rules, policy }] : [];
}

function at(after: number): string {
  return new Date(begin + after * day).toISOString();
}
