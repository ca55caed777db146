/** States that a reader of the status can't tell apart, before anything is announced (contract H19). */
import fc from 'fast-check';
import { stages } from '../../contract/stages.ts';
import type { Course, SubmissionState, Work } from '../../contract/state.ts';
import { anId } from './fixtures.ts';

const at = '2026-11-01T12:00:00.000Z';

const stage = fc.constantFrom(...stages);

const verdict = fc.record({
  stage,
  outcome: fc.constantFrom('passed' as const, 'rejected' as const, 'waitlisted' as const),
  decidedAt: fc.constant(at),
  number: fc.nat(),
  reasons: fc.array(fc.record({ code: fc.string(), detail: fc.string() }), { maxLength: 1 }),
});

const work: fc.Arbitrary<Work> = fc.oneof(
  fc.constantFrom({ kind: 'begun' as const }, { kind: 'stuck' as const }),
  fc.record({
    kind: fc.constant('panel' as const),
    due: fc.constant(at),
    reminders: fc.array(fc.constant(at), { maxLength: 3 }),
  }),
  fc.constant({ kind: 'panel' as const, due: at, isEscalated: true as const }),
  fc.record({
    kind: fc.constant('referral' as const),
    due: fc.constant(at),
    whenDue: fc.constantFrom('pass' as const, 'escalate' as const),
    verdict,
  }),
);

/** Where it may be before anything is announced. */
const course: fc.Arbitrary<Course> = fc.oneof(
  fc.record({ at: fc.constant('stage' as const), stage, since: fc.constant(at), work }),
  fc.record({ at: fc.constant('decided' as const), stage, announced: fc.constant('no' as const) }),
);

/** All that may differ behind the curtain. */
export const behindTheCurtain: fc.Arbitrary<Partial<SubmissionState>> = fc.record(
  {
    course,
    revision: fc.nat(),
    verdicts: fc.array(verdict, { maxLength: 3 }),
    reviews: fc.array(fc.record({ stage, by: fc.string(), at: fc.constant(at) })),
    conflicts: fc.array(fc.record({ by: fc.string(), at: fc.constant(at) })),
    original: fc.constant(anId(7)),
  },
  { requiredKeys: ['course', 'revision', 'verdicts'] },
);
