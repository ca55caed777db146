import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { beforeTheFirst, type ChangeNumber, parseChangeNumber } from '../../../store/change-number.ts';
import { isPostgres } from '../../../store/database.ts';
import { everything } from '../../../store/sight.ts';
import { openStore, type Store } from '../../../store/store.ts';
import { announcedAt } from '../../support/announced-record.ts';
import { anId } from '../../support/fixtures.ts';
import { aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

/** Reads all feeds, each from its last number on, until it is told that nothing more will be written. */
function follow(store: Store) {
  const seen = { revisions: new Map<string, number>(), erased: new Set<string>(), announced: [''], audit: [''] };
  let isOver = false;
  const done = Promise.all([changes(), announcements(), audit()]);
  return {
    async end() {
      isOver = true;
      await done;
      return { ...seen, announced: seen.announced.slice(1), audit: seen.audit.slice(1) };
    },
  };

  async function each<Item extends { number: ChangeNumber }>(
    read: (from: ChangeNumber) => Promise<readonly Item[]>,
    note: (item: Item) => void,
  ): Promise<void> {
    let from = beforeTheFirst;
    for (;;) {
      const isLast = isOver;
      const items = await read(from);
      for (const item of items) {
        expect(item.number).toBeGreaterThan(from);
        from = item.number;
        note(item);
      }
      if (isLast && items.length === 0) return;
      await turn();
    }
  }

  function changes() {
    return each(
      (from) => store.changes.after(from, 100, everything),
      (change) => {
        if (change.kind === 'erased') seen.erased.add(change.id);
        else seen.revisions.set(change.id, change.state.revision);
      },
    );
  }

  function announcements() {
    return each(
      async (from) => [(await store.announcements.after(from, everything)) ?? []].flat(),
      ({ state }) => seen.announced.push(state.id),
    );
  }

  function audit() {
    return each(
      (from) => store.audit.after(from, 100, everything),
      ({ id }) => seen.audit.push(id),
    );
  }
}

/** Each transaction takes up to 0.1 s from its last statement to its end. */
async function commitSlowly(location: string): Promise<void> {
  const program = new Client({ connectionString: location });
  await program.connect();
  await program.query(`
    create function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(random() * 0.1); return null; end';
    create constraint trigger slow after insert on changes deferrable initially deferred
      for each row execute function dawdle()`);
  await program.end();
}

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

describe.each(databases)('whoever follows the feeds of the %s database', (kind) => {
  const database = useStore(kind);

  test('H32, H33: misses nothing, and hears of nothing twice, while many write and erase at once', async () => {
    if (isPostgres(database.location)) await commitSlowly(database.location);
    const stores = seeds(0, 2).map(() => openStore(database.location, () => undefined));
    const [talks, revisions] = [seeds(1, 24), 5];
    const follower = follow(database.store);

    const written = await Promise.all(
      talks.map(async (seed) => {
        const store = stores[seed % stores.length] ?? database.store;
        for (let revision = 1; revision <= revisions; revision += 1)
          await store.records.keep(announcedAt(seed, revision), [], aWriter);
        if (seed % 4 === 0) await store.erasures.erase(anId(seed), at);
        return seed;
      }),
    );
    const { revisions: told, erased, announced, audit } = await follower.end();

    const [gone, there] = [talks.filter((seed) => seed % 4 === 0), talks.filter((seed) => seed % 4 !== 0)];
    expect(written).toEqual(talks);
    expect([...erased].sort()).toEqual(gone.map(anId));
    expect(there.map((seed) => told.get(anId(seed)))).toEqual(there.map(() => revisions));
    const ofThose = announced.filter((id) => !erased.has(id));
    expect(ofThose.sort()).toEqual(there.map(anId));
    expect(new Set(announced).size).toBe(announced.length);
    expect(audit.sort()).toEqual(
      talks.flatMap((seed) => seeds(1, revisions).map((revision) => `${anId(seed)}:${revision}:${at}`)).sort(),
    );
    await Promise.all(stores.map((store) => store.close()));
  });

  test('misses nothing that two processes write', async () => {
    const follower = follow(database.store);

    const child = fork(new URL('../../support/writing.ts', import.meta.url), [database.location, '100', '10', '4'], {
      execArgv: ['--import', 'tsx'],
    });
    const ended = once(child, 'exit');
    for (let revision = 1; child.exitCode === null; revision += 1) {
      await keep(200, revision);
      await turn();
    }
    const [code] = await ended;
    const { revisions: told } = await follower.end();

    expect(code).toBe(0);
    expect(seeds(100, 10).map((seed) => told.get(anId(seed)))).toEqual(seeds(100, 10).map(() => 4));
    const standing = await database.store.records.standing(anId(200));
    expect(told.get(anId(200))).toBe(standing?.revision);
  });

  test('finds each submission once, at its last change', async () => {
    const since = (await database.store.changes.after(undefined, 1_000, everything)).at(-1)?.number;
    for (const revision of [1, 2]) for (const seed of [301, 302]) await keep(seed, revision);
    await keep(301, 3);
    const before = await database.store.changes.after(since, 10, everything);
    await keep(302, 3);

    const after = await database.store.changes.after(since, 10, everything);

    expect(before.map(({ id }) => id)).toEqual([anId(302), anId(301)]);
    expect(after.map(({ id }) => id)).toEqual([anId(301), anId(302)]);
  });

  test('after a restore, hears of the next change, though it had read more than the backup knows', async () => {
    await keep(401, 1);
    const last = (await database.store.changes.after(undefined, 1_000, everything)).at(-1)?.number ?? beforeTheFirst;
    const ahead = parseChangeNumber(`${last + 500}`);

    await database.store.reconciliation.reopen();
    await keep(402, 1);

    expect(await database.store.changes.after(ahead, 10, everything)).toMatchObject([{ id: anId(402) }]);
  });

  const keep = (seed: number, revision: number) =>
    database.store.records.keep(announcedAt(seed, revision), [], aWriter);
});

describe.skipIf(!inject('hasPostgres'))('of a writer that is slow, whoever follows (with PostgreSQL)', () => {
  const database = useStore('PostgreSQL');

  /** Writes a change, and commits or ends when others have written, and were read. */
  async function overtaken(seed: number, end: (program: Client) => Promise<unknown>) {
    const { store } = database;
    await store.records.keep(announcedAt(seed, 1), [], aWriter);
    const since = (await store.changes.after(undefined, 1_000, everything)).at(-1)?.number;
    const program = new Client({ connectionString: database.location });
    program.on('error', () => undefined);
    await program.connect();
    await program.query('begin');
    await program.query('insert into changes (id) values ($1)', [anId(seed)]);
    await store.records.keep(announcedAt(seed + 1, 1), [], aWriter);
    const others = await store.changes.after(since, 10, everything);
    await end(program);
    await program.end().catch(() => undefined);
    return { others, later: await store.changes.after(others.at(-1)?.number, 10, everything) };
  }

  test('waits for nobody, and hears of the change when it is committed', async () => {
    const { others, later } = await overtaken(1, (program) => program.query('commit'));

    expect([others, later].map((found) => found.map(({ id }) => id))).toEqual([[anId(2)], [anId(1)]]);
  });

  test.each([
    ['is rolled back', 11, (program: Client) => program.query('rollback')],
    [
      'is killed',
      21,
      (program: Client) => program.query('select pg_terminate_backend(pg_backend_pid())').catch(() => 0),
    ],
  ])('hears of nothing that %s', async (_, seed, end) => {
    const { others, later } = await overtaken(seed, end);

    expect([others, later].map((found) => found.map(({ id }) => id))).toEqual([[anId(seed + 1)], []]);
  });
});
