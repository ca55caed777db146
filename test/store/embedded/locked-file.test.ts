import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLimits } from '../../../api/limits/limits.ts';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { SubmissionInput } from '../../../contract/workflow/submission-input.ts';
import { openDatabase } from '../../../store/database.ts';
import { createRecords } from '../../../store/records/records.ts';
import { everything } from '../../../store/sight.ts';
import { openStore, type Store } from '../../../store/store.ts';
import { timeLimits } from '../../../store/time-limits.ts';
import { isUnreachable } from '../../../store/unreachable.ts';
import { aDescription, anApp, aPort, aTemporal, post, problemOf, problemType } from '../../support/app.ts';
import { anId, aRequest, aSubmission, tokens } from '../../support/fixtures.ts';
import { whileLocked } from '../../support/locks.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { createDatabase } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

/** Milliseconds in which the event loop may do nothing else: SQLite's own waiting takes seconds, a busy machine less. */
const longestGap = 500;

/** Milliseconds: an answer leaves within 2 s (contract H13), here with room for a busy machine. */
const inTime = 2_500;

/** How others lock a file: to write, as a shell or a backup tool does; or wholly, so that nobody else even reads. */
const writing = ['begin exclusive'];
const all = ['pragma locking_mode = exclusive', 'begin exclusive'];

const failure = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    (error: unknown) => error,
  );

/** What comes of it, how long it took, and for how long nothing else had its turn meanwhile. */
async function watched<Value>(act: () => Promise<Value>) {
  const began = performance.now();
  let [last, gap] = [began, 0];
  const look = () => {
    const now = performance.now();
    [last, gap] = [now, Math.max(gap, now - last)];
  };
  const timer = setInterval(look, 10);
  const value = await act();
  clearInterval(timer);
  look();
  return { value, gap, took: performance.now() - began };
}

describe('a file of SQLite that another program has locked', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let store: Store;
  let limitsFile: string;

  beforeEach(async () => {
    database = await createDatabase();
    limitsFile = join(dirname(database.location), 'limits.db');
    store = openStore(database.location, () => undefined, timeLimits.gateway);
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  test('holds up what writes, for a while, and neither the process nor those who read', async () => {
    await store.migrate();
    await store.records.keep(aRecord(1), [], aWriter);

    const { value, gap, took } = await whileLocked(database.location, writing, () =>
      watched(async () => {
        const written = failure(store.records.keep(aRecord(2), [], aWriter));
        const read = await watched(() => store.records.find(anId(1)));
        return { read, written: await written };
      }),
    );

    expect(value.read.value.kind).toBe('found');
    expect(value.read.took).toBeLessThan(longestGap);
    expect(isUnreachable(value.written)).toBe(true);
    expect(took).toBeLessThan(inTime);
    expect(gap).toBeLessThan(longestGap);
    await store.records.keep(aRecord(2), [], aWriter);
    expect((await store.records.find(anId(2))).kind).toBe('found');
  });

  test('is written when it is free in time, by all who wait, in their order', async () => {
    await store.migrate();
    const seeds = [1, 2, 3, 4, 5];
    let written: Promise<unknown> = Promise.resolve();

    await whileLocked(database.location, writing, async () => {
      written = Promise.all(seeds.map((seed) => store.records.keep(aRecord(seed), [], aWriter)));
      await delay(100);
    });
    await written;

    expect((await store.changes.after(undefined, 10, everything)).map(({ id }) => id)).toEqual(seeds.map(anId));
  });

  test('wholly locked, it is out of reach, and is used again when it is free', async () => {
    const { value, gap, took } = await whileLocked(database.location, all, () =>
      watched(() =>
        Promise.all([failure(store.records.find(anId(1))), failure(store.records.keep(aRecord(1), [], aWriter))]),
      ),
    );

    expect(value.map(isUnreachable)).toEqual([true, true]);
    expect(took).toBeLessThan(inTime);
    expect(gap).toBeLessThan(longestGap);
    await store.migrate();
    await store.records.keep(aRecord(1), [], aWriter);
    expect((await store.records.find(anId(1))).kind).toBe('found');
  });

  test.each([
    ['written', writing],
    ['wholly locked', all],
  ])('H27: limits that can not be counted together, since the file is %s, are counted alone', async (_, statements) => {
    const counters = store.openCounters();
    const limits = createLimits(counters.makeCounter);

    const { value, gap } = await whileLocked(limitsFile, statements, () =>
      watched(async () => {
        const charges = await Promise.all(Array.from({ length: 310 }, () => failure(limits.charge('submit', 'one'))));
        return charges.filter((charge) => charge === 'done').length;
      }),
    );

    expect(value).toBe(300);
    expect(gap).toBeLessThan(longestGap);
    expect(await failure(limits.charge('submit', 'one'))).toBe('done');
    await counters.close();
  });

  test('is in the way of clearing old counts, which is tried again later', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
    const counters = store.openCounters();
    const limits = createLimits(counters.makeCounter);
    await limits.charge('submit', 'one');
    const rejected: unknown[] = [];
    const note = (reason: unknown) => rejected.push(reason);
    process.on('unhandledRejection', note);

    await whileLocked(limitsFile, writing, async () => {
      vi.advanceTimersByTime(3_700_000);
      await delay(300);
    });
    vi.advanceTimersByTime(300_000);
    await delay(10);

    expect(rejected).toEqual([]);
    expect(await rowsOf(limitsFile)).toBe(0);
    process.off('unhandledRejection', note);
    vi.useRealTimers();
    await counters.close();
  });

  describe.each([
    ['to write', writing, 200],
    ['wholly', all, 503],
  ])('locked %s', (_, statements, list) => {
    test('H13, H16: submits and polls go on; organisers are told to come again, within 2 s', async () => {
      if (list === 200) await store.migrate();
      const started = new Map<string, SubmissionInput>();
      const statusOf = (input: SubmissionInput) => publicStatus(initialState(input));
      const temporal = aTemporal({
        start: async (input) => {
          started.set(input.id, input);
          return { kind: 'started', status: statusOf(input) };
        },
        describe: async (id) => {
          const input = started.get(id);
          return input && aDescription(statusOf(input), { hasPendingTask: true });
        },
      });
      const counters = store.openCounters();
      const log = { error: () => undefined };
      const { app } = anApp({
        submissions: withRecords(temporal, store.records, log),
        limits: createLimits(counters.makeCounter),
        store,
      });
      const asOrganiser = { headers: { Authorization: `Bearer ${tokens.organiser}` } };
      const path = '/api/organiser/submissions';

      const { value, gap } = await whileLocked(database.location, statements, () =>
        whileLocked(limitsFile, statements, () =>
          watched(async () => {
            const submitted = await watched(async () => post(app, aRequest()));
            const polled = await watched(async () => app.request(new URL(location(submitted.value)).pathname));
            const listed = await watched(async () => app.request(path, asOrganiser));
            const noted = await watched(() => failure(store.audit.add(aNote)));
            return { submitted, polled, listed, noted };
          }),
        ),
      );

      const { submitted, polled, listed, noted } = value;
      expect([submitted.value.status, polled.value.status, listed.value.status]).toEqual([202, 202, list]);
      expect(isUnreachable(noted.value)).toBe(true);
      for (const { took } of [submitted, polled, listed, noted]) expect(took).toBeLessThan(inTime);
      if (list === 503)
        expect(await problemOf(listed.value)).toMatchObject({ type: problemType('temporarily-unavailable') });
      expect(gap).toBeLessThan(longestGap);
      await counters.close();
    });
  });

  test('is not erased from its log while another program reads there: DELETE is 202 until it is', async () => {
    await store.migrate();
    const planted = 'planted-description';
    await store.records.keep(aRecord(1, {}, { ...aSubmission(), description: planted }), [], aWriter);
    const { app } = anApp({ store, submissions: aPort({ forget: async () => undefined }) });
    const erase = () =>
      app.request(`/api/organiser/submissions/${anId(1)}`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${tokens.organiser}` },
      });

    const reading = ['begin', 'select * from submissions'];
    const during = await whileLocked(database.location, reading, async () => (await erase()).json());
    const unfinished = await store.erasures.unfinished();
    const after = await (await erase()).json();

    expect([during, after]).toEqual([
      { id: anId(1), state: 'erasing' },
      { id: anId(1), state: 'erased' },
    ]);
    expect(unfinished).toEqual([anId(1)]);
    for (const name of ['', '-wal'])
      expect(await readFile(`${database.location}${name}`, 'latin1')).not.toContain(planted);
  });

  test('and a disk that is full are named, and leave no transaction behind', async () => {
    await store.migrate();
    const db = openDatabase(database.location, () => undefined);
    const { keep, find } = createRecords(db);
    const big = aRecord(1, {}, { ...aSubmission(), description: 'x'.repeat(1_000_000) });
    await sql`pragma max_page_count = 100`.execute(db);

    const full = await failure(keep(big, [], aWriter));
    await sql`pragma max_page_count = 100000`.execute(db);
    await keep(big, [], aWriter);

    expect(full).toMatchObject({ code: 'SQLITE_FULL' });
    expect(isUnreachable(full)).toBe(true);
    expect((await find(anId(1))).kind).toBe('found');
    await db.destroy();
  });
});

const aNote = { id: 'note', at, by: 'Olga', command: 'close-call' };

const location = (response: Response) => response.headers.get('Location') ?? '';

async function rowsOf(file: string): Promise<number> {
  const db = openDatabase(file, () => undefined);
  const { rows } = await sql<{ count: number }>`select count(*) as count from limits`.execute(db);
  await db.destroy();
  return rows[0]?.count ?? -1;
}
