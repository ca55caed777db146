import fc from 'fast-check';
import { byOrganisers } from '../../../contract/call/announcing.ts';
import type { CallRules } from '../../../contract/call/rules.ts';
import { anId } from '../../support/fixtures.ts';
import type { SomeJudgement } from './judgements.ts';
import { day, someRules } from './random-rules.ts';
import type { Reopens, WalkEvent } from './walk-events.ts';

const minute = 60_000;

/** Small ones, days, past any deadline; and a clock that is set back, or jumps. */
const wait = fc.constantFrom(
  0,
  1,
  minute,
  minute,
  day,
  day,
  day,
  3 * day,
  7 * day,
  11 * day,
  31 * day,
  -minute,
  400 * day,
);

const organiser = fc.constantFrom('Olga', 'Otto');
const anyone = fc.constantFrom('Olga', 'Otto', 'Rita', 'Rolf');
const outcome = fc.constantFrom('passed' as const, 'passed' as const, 'rejected' as const, 'waitlisted' as const);
/** What the person has seen: nothing is said, the submission as it is, or an earlier one. */
const onlyIf = fc.constantFrom(undefined, undefined, 'current' as const, 'earlier' as const);
const scores = fc.constantFrom(undefined, { substance: 2 }, { substance: 5 }, { unknown: 3 });
const isSo = fc.constantFrom(undefined, true as const, true as const);

const hiddenEvent: fc.Arbitrary<WalkEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      command: fc.constant('decide' as const),
      by: organiser,
      stage: fc.constantFrom('current' as const, 'current' as const, 'current' as const, 'moderation' as const),
      outcome,
      replaces: fc.constantFrom('standing' as const, 'standing' as const, undefined),
      override: isSo,
      rank: fc.constantFrom(undefined, 1),
      onlyIf,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      command: fc.constant('review' as const),
      by: anyone,
      scores,
      abstains: isSo,
      note: fc.constantFrom(undefined, 'A note.'),
      seesAll: isSo,
      onlyIf,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      command: fc.constant('declareConflict' as const),
      by: anyone,
      person: fc.option(anyone, { nil: undefined }),
      onlyIf,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      command: fc.constant('reschedule' as const),
      by: organiser,
      after: fc.constantFrom(-day, day, 9 * day),
      onlyIf,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      command: fc.constant('setProcessing' as const),
      by: organiser,
      processing: fc.constantFrom('restart' as const, 'end' as const),
      onlyIf,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ command: fc.constant('promote' as const), freedBy: fc.constantFrom(anId(8), anId(9)) }),
  },
);

const announce = fc.record({ command: fc.constant('announce' as const), by: organiser });
const close = fc.record({ command: fc.constant('close' as const), by: organiser });
const speakerEvent: fc.Arbitrary<WalkEvent> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ command: 'withdraw' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      command: fc.constant('answer' as const),
      answer: fc.constantFrom('confirmed' as const, 'declined' as const),
    }),
  },
);
const edit: fc.Arbitrary<WalkEvent> = fc.record({
  command: fc.constant('edit' as const),
  field: fc.constantFrom('title' as const, 'title' as const, 'track' as const, 'coSpeakers' as const),
  found: fc.constantFrom(
    'passed' as const,
    'passed' as const,
    'finds' as const,
    'rejected' as const,
    'refers' as const,
    'refers-until-passed' as const,
    'refers-until-escalated' as const,
  ),
  onlyIf,
});
const waiting: fc.Arbitrary<WalkEvent> = fc.record({ wait });

const letter: fc.Arbitrary<WalkEvent> = fc.oneof(
  fc.constant<WalkEvent>({ fault: 'undelivered' }),
  fc.record({
    command: fc.constant('settleLetter' as const),
    as: fc.constantFrom('resend' as const, 'delivered' as const, 'abandoned' as const),
  }),
  fc.record({
    command: fc.constant('correctAddress' as const),
    by: anyone,
    email: fc.constantFrom('ada@example.net', 'bob@example.net'),
    onlyIf,
  }),
);

const address: fc.Arbitrary<WalkEvent> = fc.oneof(
  fc.record({
    command: fc.constant('prove' as const),
    address: fc.constantFrom('current' as const, 'pending' as const),
    answer: fc.constantFrom('mine' as const, 'mine' as const, 'mine' as const, 'not-mine' as const),
  }),
  fc.record({
    command: fc.constant('undoAddress' as const),
    address: fc.constantFrom('current' as const, 'former' as const),
  }),
  fc.record({
    command: fc.constant('setReminders' as const),
    reminders: fc.constantFrom('on' as const, 'off' as const),
  }),
  fc.record({
    command: fc.constant('answerAsCoSpeaker' as const),
    number: fc.integer({ min: 1, max: 2 }),
    answer: fc.constantFrom('accepted' as const, 'declined' as const),
  }),
  fc.constant<WalkEvent>({ command: 'endTokens' }),
);

const reset = fc.record({ fault: fc.constant('reset' as const), back: fc.nat(5) });
const event: fc.Arbitrary<WalkEvent> = fc.oneof(
  { weight: 24, arbitrary: hiddenEvent },
  { weight: 16, arbitrary: waiting },
  { weight: 6, arbitrary: speakerEvent },
  { weight: 6, arbitrary: announce },
  { weight: 8, arbitrary: edit },
  { weight: 1, arbitrary: close },
  { weight: 4, arbitrary: letter },
  { weight: 2, arbitrary: address },
  { weight: 6, arbitrary: fc.constantFrom<WalkEvent>({ fault: 'slow' }, { fault: 'together' }) },
  { weight: 1, arbitrary: fc.constant<WalkEvent>({ fault: 'cancel' }) },
  { weight: 4, arbitrary: fc.oneof(fc.constant<WalkEvent>({ fault: 'continue-as-new' }), reset) },
);

const someJudgements: fc.Arbitrary<SomeJudgement[]> = fc.array(
  fc.constantFrom<SomeJudgement>(
    'passed',
    'passed',
    'passed',
    'rejected',
    'waitlisted',
    'fails',
    'refers',
    'refers-until-passed',
    'refers-until-escalated',
    'finds',
  ),
  { maxLength: 6 },
);

const reopens: fc.Arbitrary<Reopens | undefined> = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  undefined,
  'rejected',
  'accepted',
);

export const someWalk = fc.record({
  rules: someRules,
  reopens,
  judgements: someJudgements,
  events: fc.array(event, { maxLength: 30, size: 'max' }),
});

/** Two that differ only in what is judged and decided behind the curtain. */
export type Pair = {
  rules: CallRules;
  reopens: readonly [Reopens | undefined, Reopens | undefined];
  judgements: readonly [SomeJudgement[], SomeJudgement[]];
  events: (WalkEvent | { hidden: readonly [WalkEvent[], WalkEvent[]] })[];
};

const hidden = fc.array(hiddenEvent, { maxLength: 4, size: 'max' });
const behindCurtain = fc.record({ hidden: fc.tuple(hidden, hidden) });
const stop = fc.constant<WalkEvent>({ fault: 'cancel' });

/** What a poller may see of a call that shows stages is a decision on the only one. */
export const somePair: fc.Arbitrary<Pair> = fc.record({
  rules: someRules.map((rules) => {
    const hides = rules.disclosure === 'until-announced';
    return hides ? rules : { ...rules, announcement: byOrganisers, stages: rules.stages.slice(-1) };
  }),
  reopens: fc.constantFrom(
    [undefined, undefined] as const,
    [undefined, undefined] as const,
    ['rejected', 'accepted'] as const,
  ),
  judgements: fc.tuple(someJudgements, someJudgements),
  events: fc.array(
    fc.oneof(
      { weight: 12, arbitrary: behindCurtain },
      { weight: 12, arbitrary: waiting },
      { weight: 4, arbitrary: speakerEvent },
      { weight: 4, arbitrary: edit },
      { weight: 1, arbitrary: fc.oneof(announce, close, stop) },
    ),
    { maxLength: 20, size: 'max' },
  ),
});
