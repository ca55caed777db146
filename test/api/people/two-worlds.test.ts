import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { messageStates } from '../../../contract/mail/message.ts';
import { stages } from '../../../contract/stages.ts';
import { questions } from '../../support/questions.ts';
import { aVerdict } from '../../support/records.ts';
import { databases } from '../../support/stores.ts';
import { aWorld, type Secret, theTalk } from '../../support/worlds.ts';

const at = '2026-11-01T12:00:00.000Z';

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) });
});
afterAll(() => {
  vi.useRealTimers();
});

const outcome = fc.constantFrom('passed' as const, 'rejected' as const, 'waitlisted' as const);
const told = fc.constantFrom('accepted' as const, 'rejected' as const, 'waitlisted' as const);
const ada = { name: 'Ada', email: 'ada@lab.example.net' };
const bob = { name: 'Bob', email: 'bob@lab.example.net' };

type Facts = {
  stage: (typeof stages)[number];
  verdicts: ('passed' | 'rejected' | 'waitlisted')[];
  reviews: { by: string; score: number }[];
  conclusion?: 'accepted' | 'rejected' | 'waitlisted' | undefined;
  releases: ('accepted' | 'rejected' | 'waitlisted')[];
  commands: number;
};

/** What was found goes with what was decided. */
const findings = {
  passed: { check: 'words', consequence: 'flag', detail: 'It may insult or offend.' },
  rejected: { check: 'length', consequence: 'reject', detail: 'It is too short.' },
  waitlisted: { check: 'links', consequence: 'refer', detail: 'It has many links.' },
} as const;

function stateOf({ stage, verdicts, reviews, conclusion, releases, commands }: Facts): Secret['state'] {
  return {
    ...{ stage, revision: 9 },
    verdicts: verdicts.map((outcome) => aVerdict(stage, { outcome, by: 'Otto', findings: [findings[outcome]] })),
    reviews: reviews.map(({ by, score }) => ({ stage, by, at, scores: { substance: score } })),
    ...(conclusion ? { conclusion: { kind: conclusion } } : {}),
    releases: releases.map((name) => ({ name, number: 1, revision: 1, at })),
    commands: Array.from({ length: commands }, (_, index) => ({
      number: index + 1,
      at,
      by: 'Otto',
      command: 'decide',
    })),
  };
}

const messages = fc.uniqueArray(fc.record({ release: told, state: fc.constantFrom(...messageStates) }), {
  selector: ({ release }) => release,
  maxLength: 3,
});
const releases = fc.subarray(['accepted' as const, 'rejected' as const, 'waitlisted' as const]);
const score = fc.integer({ min: 1, max: 5 });

/** All that a conflict of interest keeps away: what is decided, said, told and sent; and who the speaker is. */
const secret: fc.Arbitrary<Secret> = fc.record({
  speaker: fc.constantFrom(ada, bob),
  isAlike: fc.boolean(),
  state: fc
    .record({
      stage: fc.constantFrom(...stages),
      verdicts: fc.array(outcome, { maxLength: 1 }),
      reviews: fc.uniqueArray(fc.record({ by: fc.constantFrom('Rita', 'Otto', 'Olga'), score }), {
        selector: ({ by }) => by,
      }),
      conclusion: fc.option(told, { nil: undefined }),
      releases,
      commands: fc.nat({ max: 2 }),
    })
    .map(stateOf),
  messages,
  isErased: fc.boolean(),
});

const decided: Facts = { stage: 'selection', verdicts: ['passed'], reviews: [], releases: ['accepted'], commands: 2 };
const full: Secret = {
  ...{ speaker: ada, isAlike: true, isErased: false },
  state: stateOf(decided),
  messages: [{ release: 'accepted', state: 'parked' }],
};
const otherwise: Secret = {
  ...{ speaker: bob, isAlike: false, isErased: false },
  state: stateOf({ ...decided, verdicts: ['rejected'], conclusion: 'rejected', releases: [], commands: 0 }),
  messages: [],
};

/** All of them would fill the screen. */
function firstDifference([one = [], other = []]: string[][]) {
  const at = [...one, ''].findIndex((answer, index) => answer !== (other[index] ?? ''));
  if (one[at] === other[at]) return undefined;
  // From where they part.
  const [mine = '', theirs = ''] = [one[at], other[at]];
  const from = Math.max(0, [...mine].findIndex((letter, index) => letter !== theirs[index]) - 100);
  return [mine.slice(0, 100), mine.slice(from, from + 300), theirs.slice(from, from + 300)];
}

/** What each of some people gets out of two worlds, and what they have reached. */
async function compared(kind: string, secrets: (Secret | undefined)[], people: string[]) {
  // Whoever knows its id may know that it is there: its status can be asked for by anybody. Nobody else hears of it.
  const withTheTalk = new Set(secrets.map((one) => one?.isErased)).size === 1;
  const seen: Record<string, string[][]> = {};
  const reached: string[][] = [];
  for (const secret of secrets) {
    const world = await aWorld(kind, secret);
    for (const person of people) seen[person] = [...(seen[person] ?? []), await world.allOf(person, { withTheTalk })];
    reached.push(world.reached);
    await world.close();
  }
  return { seen, reached };
}

describe.each(databases)('two worlds on the %s database, of which a person may know the same', (kind) => {
  test('differ in one talk, and are byte by byte the same to who has a conflict of interest with it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(secret, { nil: undefined }), secret, async (one, other) => {
        const { seen, reached } = await compared(kind, [one, other], ['Ada', 'Eve', 'Dora', 'Rolf']);

        for (const [person, both] of Object.entries(seen))
          expect({ [person]: firstDifference(both) }).toEqual({ [person]: undefined });
        expect(reached[0]).toEqual(reached[1]);
        expect(reached.flat().filter((what) => what.includes(theTalk))).toEqual([]);
      }),
      {
        numRuns: kind === 'embedded' ? 4 : 2,
        examples: [
          [full, otherwise],
          [undefined, { ...full, isErased: true }],
        ],
      },
    );
  });

  test('differ in what was decided of a talk, who gave it and what the others think, and are the same to a reviewer', async () => {
    const speaker = fc.record({
      name: fc.constantFrom('Ann', 'Ben'),
      email: fc.constantFrom('a@one.org', 'b@two.org'),
    });
    const facts = fc.record({ speaker, outcome, told, scores: fc.tuple(score, score), releases, messages });
    await fc.assert(
      fc.asyncProperty(facts, facts, fc.boolean(), fc.boolean(), async (one, other, isDecided, isTold) => {
        const secrets = [one, other].map(({ speaker, outcome, told, scores, releases, messages }) => ({
          ...{ speaker, isAlike: true, isErased: false, messages },
          state: stateOf({
            ...{ stage: 'selection', releases, commands: 1 },
            verdicts: isDecided ? [outcome] : [],
            reviews: scores.map((score, index) => ({ by: `Reviewer ${index}`, score })),
            conclusion: isTold ? told : undefined,
          }),
        }));

        const { seen } = await compared(kind, secrets, ['Rita']);

        expect(firstDifference(seen.Rita ?? [])).toBeUndefined();
      }),
      { numRuns: kind === 'embedded' ? 3 : 1 },
    );
  });
});

test('every route for people is asked in these worlds', async () => {
  const { routes, close } = await aWorld('embedded', undefined);

  expect(Object.keys(questions).sort()).toEqual([...routes].sort());
  await close();
});
