import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createLimits } from '../../../api/limits/limits.ts';
import { aRelayToDatabase } from '../../../dev/stand-ins/relay.ts';
import { everything } from '../../../store/sight.ts';
import { openStore, type Store } from '../../../store/store.ts';
import { timeLimits } from '../../../store/time-limits.ts';
import { isUnreachable } from '../../../store/unreachable.ts';
import { anApp, aPort, problemOf, problemType } from '../../support/app.ts';
import { anId, tokens } from '../../support/fixtures.ts';
import { aMessage, aRecord, aVerdict, aWriter } from '../../support/records.ts';
import { createDatabase } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

/** Milliseconds: an answer leaves within 2 s (contract H13), here with room for a busy machine. */
const inTime = 2_500;

const messageIdOf = (seed: number) => aMessage(seed).id;

type Writer = {
  /** The table whose lock is in its way. */
  table: string;
  /** In what makes it last. */
  last?: string;
  prepare?: (store: Store, seed: number) => Promise<unknown>;
  write: (store: Store, seed: number) => Promise<unknown>;
  /** What is there when it is done, however often it was tried. */
  done: (store: Store, seed: number) => Promise<unknown>;
  expected: unknown;
};

const claim = (store: Store, seed: number) => store.messages.claim(messageIdOf(seed), 'this attempt');
const withMessage = (store: Store, seed: number) => store.records.keep(aRecord(seed), [aMessage(seed)], aWriter);
const auditOf = async (store: Store, id: string) =>
  (await store.audit.after(undefined, 1_000, everything)).filter((entry) => entry.id === id).length;

const writers: Record<string, Writer> = {
  'an erasure': {
    table: 'audit',
    prepare: (store, seed) => store.records.keep(aRecord(seed), [], aWriter),
    write: (store, seed) =>
      store.erasures.erase(anId(seed), at, { by: 'Olga', announcing: { disclosure: 'progress' } }),
    done: async (store, seed) => [await store.records.find(anId(seed)), await auditOf(store, `${anId(seed)}:erase`)],
    expected: [{ kind: 'erased' }, 1],
  },
  'a claim': {
    table: 'messages',
    last: 'update "messages"',
    prepare: withMessage,
    write: claim,
    done: (store, seed) => store.messages.find(messageIdOf(seed)),
    expected: expect.objectContaining({ state: 'sending', attempts: 1 }),
  },
  'a settlement': {
    table: 'messages',
    last: 'update "messages"',
    prepare: async (store, seed) => {
      await withMessage(store, seed);
      await claim(store, seed);
    },
    write: (store, seed) => store.messages.settle(messageIdOf(seed), 1, 'sent', '250 taken'),
    done: (store, seed) => store.messages.find(messageIdOf(seed)),
    expected: expect.objectContaining({ state: 'sent', attempts: 1, detail: '250 taken' }),
  },
  'a resolution': {
    table: 'audit',
    prepare: async (store, seed) => {
      await withMessage(store, seed);
      await store.messages.park(messageIdOf(seed), 'It broke off.');
    },
    write: (store, seed) => {
      const entry = { id: `resolution-${seed}`, at, by: 'Olga', command: 'resolve-message' };
      return store.messages.resolve(messageIdOf(seed), 'sent', 'It arrived.', entry);
    },
    done: async (store, seed) => [
      await store.messages.find(messageIdOf(seed)),
      await auditOf(store, `resolution-${seed}`),
    ],
    expected: [expect.objectContaining({ state: 'sent', detail: 'It arrived.' }), 1],
  },
  'a note in the audit': {
    table: 'audit',
    last: 'insert into "audit"',
    write: (store, seed) => store.audit.add({ id: `note-${seed}`, at, by: 'Olga', command: 'close-call' }),
    done: (store, seed) => auditOf(store, `note-${seed}`),
    expected: 1,
  },
  'a record': {
    table: 'announcements',
    write: (store, seed) => {
      const verdicts = [aVerdict('moderation', { outcome: 'rejected' })];
      const releases = [{ name: 'rejected' as const, number: 1, revision: 1, at }];
      const record = aRecord(seed, { verdicts, conclusion: { kind: 'rejected' }, releases, revision: 5 });
      return store.records.keep(record, [aMessage(seed)], aWriter);
    },
    done: async (store, seed) => [
      (await store.records.find(anId(seed))).kind,
      (await store.messages.find(messageIdOf(seed)))?.state,
      (await store.announcements.after(undefined, everything))?.outcome,
    ],
    expected: ['found', 'pending', 'rejected'],
  },
};

const cases = Object.entries(writers).map(([name, writer], index) => ({ name, seed: index + 1, ...writer }));

/** What commands need, to come as far as the database. */
const contents: Record<string, object | undefined> = {
  review: { abstains: true },
  conflict: { reason: 'We work together.' },
  decision: { stage: 'selection', outcome: 'passed', override: true, reason: 'Yes!' },
  deadline: { due: '2099-01-01T00:00:00Z', reason: 'More time.' },
  reopening: { reason: 'A place came free.' },
  resolution: { resolution: 'delivered', reason: 'It arrived.' },
};

const ofSubmission = '/api/organiser/submissions/{id}';
const needingRecords = [
  ...['submissions', 'changes', 'audit', 'messages', 'closings'].map((name) => `get /api/organiser/${name}`),
  ...['get', 'delete'].map((method) => `${method} ${ofSubmission}`),
  ...['review', 'conflict', 'decision', 'deadline'].map((name) => `put ${ofSubmission}/${name}`),
  `post ${ofSubmission}/reopening`,
  'put /api/organiser/messages/{id}/resolution',
  'get /api/organiser/announcements/trigger',
];

describe.skipIf(!inject('hasPostgres'))('what PostgreSQL was asked in vain (where it is installed)', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let relay: Awaited<ReturnType<typeof aRelayToDatabase>>['relay'];
  /** Of a gateway, through the relay. */
  let store: Store;
  /** Of whoever looks at what is there. */
  let other: Store;
  let program: Client;

  beforeAll(async () => {
    database = await createDatabase('PostgreSQL');
    const way = await aRelayToDatabase(database.location);
    relay = way.relay;
    store = openStore(way.through, () => undefined, timeLimits.gateway);
    other = openStore(database.location, () => undefined);
    await other.migrate();
    program = new Client({ connectionString: database.location });
    await program.connect();
  });
  afterAll(async () => {
    await program.end();
    await store.close();
    await other.close();
    await relay.cut();
    await database.remove();
  });

  /** As another program has it, until it lets go. */
  async function locked<Value>(table: string, act: () => Promise<Value>): Promise<Value> {
    await program.query('begin');
    await program.query(`lock table ${table} in access exclusive mode`);
    try {
      return await act();
    } finally {
      await program.query('rollback');
    }
  }

  /** Each of the connections that are waiting to be used again takes an acknowledged write, and keeps it. */
  async function expectNothingVanishes(seed: number) {
    const ids = Array.from({ length: 12 }, (_, index) => `after-${seed}-${index}`);
    await Promise.all(ids.map((id) => store.audit.add({ id, at, by: 'Olga', command: 'close-call' })));
    for (const id of ids) expect(await auditOf(other, id)).toBe(1);
  }

  async function timed<Value>(act: () => Promise<Value>) {
    const began = performance.now();
    const value = await act();
    return { value, took: performance.now() - began };
  }

  const failure = (act: Promise<unknown>): Promise<unknown> =>
    act.then(
      () => 'done',
      (error: unknown) => error,
    );

  test.each(cases)('by a lock: $name is not done, then done once; what is written after it stays', async (writer) => {
    const { table, prepare, write, done, expected } = writer;
    const seed = 100 + writer.seed;
    await prepare?.(other, seed);

    const { value, took } = await locked(table, () => timed(() => failure(write(store, seed))));

    expect(isUnreachable(value)).toBe(true);
    expect(took).toBeLessThan(inTime);
    await expectNothingVanishes(seed);
    await write(store, seed);
    expect(await done(other, seed)).toEqual(expected);
  });

  test.each(cases)(
    'by a network that stalls: $name is done once in the end; what is written after it stays',
    async (writer) => {
      const { prepare, write, done, expected } = writer;
      const seed = 200 + writer.seed;
      await prepare?.(other, seed);
      // A connection that works so far.
      await store.announcements.last(everything);

      relay.stall();
      const { value, took } = await timed(() => failure(write(store, seed)));
      relay.flow();

      expect(isUnreachable(value)).toBe(true);
      expect(took).toBeLessThan(inTime);
      await expectNothingVanishes(seed);
      await write(store, seed);
      expect(await done(other, seed)).toEqual(expected);
    },
  );

  test.each(cases)('by an answer that is lost: $name was done, and is done once', async (writer) => {
    const { prepare, write, done, expected, last = 'commit' } = writer;
    const seed = 300 + writer.seed;
    await prepare?.(other, seed);
    await store.announcements.last(everything);

    relay.stallAfter(last);
    const value = await failure(write(store, seed));
    relay.flow();

    expect(isUnreachable(value)).toBe(true);
    await expectNothingVanishes(seed);
    await write(store, seed);
    expect(await done(other, seed)).toEqual(expected);
  });

  test('in the middle of a transaction keeps nobody from writing, though the network stalls on', async () => {
    relay.stallAfter('select pg_advisory_xact_lock');
    const value = await failure(store.erasures.erase(anId(501), at));

    const kept = await other.records.keep(aRecord(502), [], aWriter);

    expect(isUnreachable(value)).toBe(true);
    expect([(await other.records.find(anId(501))).kind, kept.kind]).toEqual(['unknown', 'kept']);
    relay.flow();
  });

  test('H27: counts that hang on a lock are made alone, and keep no record waiting', async () => {
    const counters = other.openCounters();
    const limits = createLimits(counters.makeCounter);
    const found = Array.from({ length: 10 }, (_, seed) => anId(600 + seed));

    const { value, took } = await locked('limits', () =>
      timed(async () => {
        const charges = Promise.all(Array.from({ length: 50 }, () => failure(limits.charge('submit', 'one'))));
        const records = await timed(() => Promise.all(found.map((id) => other.records.find(id))));
        return { records, charges: await charges };
      }),
    );

    expect(new Set(value.charges)).toEqual(new Set(['done']));
    expect(value.records.took).toBeLessThan(inTime);
    expect(took).toBeLessThan(inTime);
    await counters.close();
  });

  test('H13: each route of organisers answers in time while the network stalls, and none with an error of its own', async () => {
    const { app, routes } = anApp({ store });
    const asked = [...new Set(routes.filter((route) => route.includes(' /api/organiser/')))];
    await store.announcements.last(everything);

    relay.stall();
    const answers = await Promise.all(
      asked.map(async (route) => {
        const [method = '', path = ''] = route.split(' ');
        const headers = { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' };
        const content = contents[path.split('/').at(-1) ?? ''];
        const body = content === undefined ? {} : { body: JSON.stringify(content) };
        const url = path.replace('{id}', anId(500)).replace('{name}', 'accepted');
        const { value, took } = await timed(async () =>
          app.request(url, { method: method.toUpperCase(), headers, ...body }),
        );
        return { route, status: value.status, took };
      }),
    );
    relay.flow();

    expect(answers.filter(({ took }) => took > inTime)).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500 && status !== 503)).toEqual([]);
    const outOfReach = answers.filter(({ status }) => status === 503).map(({ route }) => route);
    expect(outOfReach).toEqual(expect.arrayContaining(needingRecords));
  });

  test('DELETE /api/organiser/submissions/{id}: a lock on the audit is 503 until it is gone, and erased is erased', async () => {
    await other.records.keep(aRecord(400), [], aWriter);
    const { app } = anApp({ store, submissions: aPort({ forget: async () => undefined }) });
    const erase = () =>
      app.request(`/api/organiser/submissions/${anId(400)}`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${tokens.organiser}` },
      });

    const refused = await locked('audit', async () => [await timed(erase), await timed(erase)]);
    const found = await other.records.find(anId(400));
    const erased = await erase();

    for (const { value, took } of refused) {
      expect(await problemOf(value)).toMatchObject({ type: problemType('temporarily-unavailable'), status: 503 });
      expect(took).toBeLessThan(inTime);
    }
    expect(found.kind).toBe('found');
    expect([erased.status, await erased.json()]).toEqual([200, { id: anId(400), state: 'erased' }]);
    expect(await other.records.find(anId(400))).toEqual({ kind: 'erased' });
  });
});
