import fc from 'fast-check';
import { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SubmissionRecord } from '../../../contract/record.ts';
import { embeddedDialect } from '../../../store/embedded/dialect.ts';
import type { Filters, Position } from '../../../store/list/filters.ts';
import { createList } from '../../../store/list/list.ts';
import { everything } from '../../../store/sight.ts';
import { openStore } from '../../../store/store.ts';
import type { Tables } from '../../../store/tables.ts';
import { timeLimits } from '../../../store/time-limits.ts';
import { anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { createDatabase, databases, useStore } from '../../support/stores.ts';

type Change = Described;

const moderated: Change = { verdicts: [aVerdict('moderation')], stage: 'shortlisting', revision: 2 };
const findings = [{ check: 'length', consequence: 'reject', detail: 'It is too short.' } as const];
const rejected: Change = { verdicts: [aVerdict('moderation', { outcome: 'rejected', findings })], revision: 2 };

describe.each(databases)('a list from the %s database', (kind) => {
  const database = useStore(kind);
  const seedsOf = async (filters: Filters) => {
    const { items } = await database.store.list.page(filters, 200, everything);
    return items.map(({ state }) => Number.parseInt(state.id, 16));
  };
  const talk = (track: string, email: string, title = `A talk of ${email} about ${track}`) =>
    aSubmission({
      track,
      title,
      description: `${title}: ${email.repeat(3)} ${track} `.repeat(4),
      speaker: { name: 'A', email },
    });

  beforeAll(async () => {
    const keep = (record: SubmissionRecord) => database.store.records.keep(record, [], aWriter);
    await keep(aRecord(1, { createdAt: '2026-11-01T00:00:00.000Z' }, talk('web', 'one@example.org')));
    await keep(aRecord(2, { createdAt: '2026-11-03T00:00:00.000Z', ...moderated }, talk('data', 'two@example.org')));
    await keep(aRecord(3, { createdAt: '2026-11-02T00:00:00.000Z', ...rejected }, talk('web', 'three@example.org')));
    const accepted: Change = { ...moderated, createdAt: '2026-11-02T00:00:00.000Z', conclusion: { kind: 'accepted' } };
    await keep(aRecord(4, accepted, talk('web', 'ONE@example.org', 'Something else entirely, by the same person')));
  });

  test('has the newest submission first, and those of one instant in a fixed order', async () => {
    expect(await seedsOf({})).toEqual([2, 4, 3, 1]);
  });

  test.each([
    ['stage', { stage: 'moderation' }, [3, 1]],
    ['track', { track: 'web' }, [4, 3, 1]],
    ['verdict', { verdict: 'rejected' }, [3]],
    ['want of a verdict', { verdict: 'none' }, [2, 4, 1]],
    ['outcome', { outcome: 'accepted' }, [4]],
    ['want of an outcome', { outcome: 'none' }, [2, 3, 1]],
    ['flag', { flag: 'same-speaker' }, [4]],
    ['finding', { finding: 'length' }, [3]],
    ['another finding', { finding: 'words' }, []],
    ['several of them', { track: 'web', stage: 'moderation', verdict: 'none' }, [1]],
    ['a track that is called none', { track: 'none' }, []],
  ] as const)('can be filtered by %s', async (_, filters, seeds) => {
    expect(await seedsOf(filters)).toEqual(seeds);
  });

  test('has all that was submitted, and all verdicts', async () => {
    const { items } = await database.store.list.page({ outcome: 'accepted' }, 1, everything);

    expect(items).toEqual([
      {
        submission: talk('web', 'ONE@example.org', 'Something else entirely, by the same person'),
        state: expect.objectContaining({ id: anId(4), verdicts: [aVerdict('moderation')] }),
        flags: [{ flag: 'same-speaker', other: anId(1) }],
        parties: { speaker: { name: 'A', email: 'ONE@example.org' } },
      },
    ]);
  });
});

test('a page is one query, however many submissions, verdicts and flags it has', async () => {
  const database = await createDatabase();
  const store = openStore(database.location, () => undefined);
  await store.migrate();
  for (const seed of [1, 2, 3]) await store.records.keep(aRecord(seed, moderated), [], aWriter);
  const queries: string[] = [];
  const db = new Kysely<Tables>({
    dialect: embeddedDialect(database.location, timeLimits.worker),
    log: ({ query }) => {
      queries.push(query.sql);
    },
  });

  const { items } = await createList(db).page({ stage: 'shortlisting' }, 2, everything);

  expect(items.map(({ flags }) => flags.length)).toEqual([4, 2]);
  expect(queries).toHaveLength(1);
  await db.destroy();
  await store.close();
  await database.remove();
});

describe.each(databases)('pages of a list from the %s database', (kind) => {
  const database = useStore(kind);
  const instants = ['2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.001Z', '2026-11-02T00:00:00.000Z'];
  let seed = 0;

  async function add(createdAt: string): Promise<void> {
    seed += 1;
    await database.store.records.keep(aRecord(seed, { createdAt }), [], aWriter);
  }

  test('together have every submission once, whatever is added meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...instants), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (created, size) => {
          for (const createdAt of created) await add(createdAt);
          const before = seed;
          const seen: string[] = [];
          let cursor: Position | undefined;
          do {
            const page = await database.store.list.page({}, size, everything, cursor);
            seen.push(...page.items.map(({ state }) => state.id));
            cursor = page.next;
            if (seen.length < 10) await add('2026-11-01T00:00:00.001Z');
          } while (cursor);

          expect(new Set(seen).size).toBe(seen.length);
          const expected = Array.from({ length: before }, (_, index) => anId(index + 1));
          expect(seen).toEqual(expect.arrayContaining(expected));
        },
      ),
      { numRuns: 15 },
    );
  });
});
