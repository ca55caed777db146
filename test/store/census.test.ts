import BetterSqlite from 'better-sqlite3';
import { type CompiledQuery, Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createCensus } from '../../store/census.ts';
import { embeddedDialect } from '../../store/embedded/dialect.ts';
import type { Tables } from '../../store/tables.ts';
import { timeLimits } from '../../store/time-limits.ts';
import { aMessageAbout, aRecord, aVerdict, aWriter, type Described } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

const created = aRecord(1).state.createdAt;
const proved = { proved: true } as const;
const panel = { due: created, isEscalated: true } as const;

/** Open, and ended. */
const records: Described[] = [
  { proved: undefined },
  {},
  { stage: 'selection', panel },
  { ...proved, stage: 'selection', verdicts: [aVerdict('selection')] },
  { stage: 'selection', conclusion: { kind: 'rejected' } },
  { conclusion: { kind: 'failed', error: 'processing-failed' } },
];

describe.each(databases)('a census of the %s database', (kind) => {
  const database = useStore(kind);

  test('counts what is open, what has failed, and what is undelivered', async () => {
    const { store } = database;
    const before = await store.takeCensus();
    for (const [seed, described] of records.entries())
      await store.records.keep(aRecord(seed, described), [aMessageAbout(seed, 'accepted')], aWriter);
    await store.messages.park(aMessageAbout(0, 'accepted').id, 'nobody knows');
    await store.messages.park(aMessageAbout(3, 'accepted').id, 'nobody knows');

    const { open, failed, messages, undelivered } = await store.takeCensus();

    expect(before).toEqual({ open: [], failed: 0, messages: [], undelivered: 0 });
    expect(open.sort((one, other) => one.count - other.count || (one.awaits < other.awaits ? -1 : 1))).toEqual([
      { stage: 'selection', awaits: 'announcement', count: 1, since: null },
      { stage: 'selection', awaits: 'organisers', count: 1, since: created },
      { stage: 'moderation', awaits: 'moderation', count: 2, since: created },
    ]);
    expect(failed).toBe(1);
    expect(messages.sort((one, other) => one.count - other.count)).toEqual([
      { state: 'parked', count: 2, oldest: expect.stringMatching(/Z$/) },
      { state: 'pending', count: 4, oldest: expect.stringMatching(/Z$/) },
    ]);
    // Parked at an address that nobody has proved: nobody waits for it.
    expect(undelivered).toBe(5);
  });
});

describe('in the embedded database, which blocks the process', () => {
  const database = useStore();

  test('indexes alone answer what is asked about all submissions and messages', async () => {
    const asked: CompiledQuery[] = [];
    const dialect = embeddedDialect(database.location, timeLimits.worker);
    const db = new Kysely<Tables>({ dialect, log: ({ query }) => void asked.push(query) });
    await createCensus(db)();
    await db.destroy();
    const file = new BetterSqlite(database.location);
    const planOf = ({ sql, parameters }: CompiledQuery) =>
      file.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters);
    // The last one is bounded.
    const plans = asked.slice(0, 3).map((query) => planOf(query).map(({ detail }) => detail));
    file.close();

    expect(plans).toEqual(Array.from({ length: 3 }, () => [expect.stringContaining('USING COVERING INDEX')]));
  });
});
