import { setImmediate as turn } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { createReconciler } from '../../activities/reconcile.ts';
import { createSlots } from '../../activities/slots.ts';
import { untilAnnouncement } from '../../contract/held-until.ts';
import { panelAtWork } from '../../contract/record.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { openDatabase } from '../../store/database.ts';
import { openStore, type Store } from '../../store/store.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId } from '../support/fixtures.ts';
import { whileWritesAreLocked } from '../support/locks.ts';
import { attendance, panelRules } from '../support/people.ts';
import { databases } from '../support/stores.ts';
import { testThatHistoriesReplay, useDevServer } from '../support/temporal.ts';
import { announce, answer, decide, overrule, stateOf, usePeople } from '../support/use-people.ts';

const [past, future] = ['2026-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'];

/** Milliseconds, so that a lock fails a write soon. */
const soon = { connection: 50, use: 100 };

describe.each(databases)('a free slot, with the %s database and a real server', (kind) => {
  const server = useDevServer(kind);
  const { withPeople, start } = usePeople(server);
  const idOf = ({ workflowId }: WorkflowHandle) => parseSubmissionId(workflowId.replace('submission-', '')) ?? anId(0);
  const outcomeOf = async (handle: WorkflowHandle) => (await handle.query(publicStatusQuery)).result?.outcome;
  const run = <Value>(activity: () => Promise<Value>) => new MockActivityEnvironment().run(activity);

  afterEach(async () => {
    await tamper((db) => db.deleteFrom('submissions').execute());
    await server.store.waitingList.drop();
  });

  /** Changes what is on record, as a restore does. */
  async function tamper(act: (db: ReturnType<typeof openDatabase>) => Promise<unknown>) {
    const db = openDatabase(server.location, () => undefined);
    await act(db);
    await db.destroy();
  }

  async function startDecided(outcome: 'passed' | 'waitlisted', rules = panelRules(), more = {}) {
    const handle = await start(rules);
    while (panelAtWork(await stateOf(handle)) === undefined) await turn();
    await decide(handle, outcome, { ...overrule, ...more });
    await announce(handle);
    return handle;
  }

  /** On the waiting list, in this order. */
  async function startWaiting(count: number, rules = panelRules()) {
    const waiting: WorkflowHandle[] = [];
    for (let rank = 1; rank <= count; rank += 1) waiting.push(await startDecided('waitlisted', rules, { rank }));
    while ((await server.store.waitingList.submissions()).length < count) await turn();
    return waiting;
  }

  const promote = (id: SubmissionId, freedBy: SubmissionId) => createWorkflows(server.env.client).promote(id, freedBy);

  /** The first time, the line of the one who took the slot can't be written. */
  async function withLock(act: (activities: object, attempts: () => number) => Promise<void>) {
    const impatient = openStore(server.location, () => undefined, soon);
    let attempts = 0;
    const take: Store['waitingList']['take'] = async (...line) => {
      attempts += 1;
      if (attempts > 1) return server.store.waitingList.take(...line);
      await whileWritesAreLocked(server.location, 'freed_slots', () => impatient.waitingList.take(...line));
    };
    const store = { waitingList: { ...server.store.waitingList, take } };
    await act(createSlots({ store, promote }), () => attempts);
    await impatient.close();
  }

  /** The first time, the answer comes to nobody, and the one who gave it has ended since. */
  async function withLostAnswer(act: (activities: object, attempts: () => number) => Promise<void>) {
    let attempts = 0;
    const losing: typeof promote = async (id, freedBy) => {
      attempts += 1;
      const answer = await promote(id, freedBy);
      if (attempts > 1) return answer;
      await server.env.client.workflow.getHandle(`submission-${id}`).result();
      throw new Error('the worker died');
    };
    await act(createSlots({ store: server.store, promote: losing }), () => attempts);
  }

  test.each([
    ['a write lock comes between a promotion and its line', withLock],
    ['the answer of the promoted one is lost, and it has ended', withLostAnswer],
  ])('goes to one if %s', async (_, withFault) => {
    await withFault(async (activities, attempts) => {
      const outcomes = await withPeople(
        async () => {
          const waiting = await startWaiting(2);
          const accepted = await startDecided('passed', panelRules({}, { attendance }));
          while ((await outcomeOf(accepted)) === undefined) await turn();
          await answer(accepted, 'declined');
          await accepted.result();
          return Promise.all(waiting.map(outcomeOf));
        },
        { activities: { ...activities } },
      );

      expect(outcomes).toEqual(['accepted', 'waitlisted']);
      expect(attempts()).toBeGreaterThan(0);
      expect(await server.store.waitingList.freeSlots()).toEqual([]);
    });
  });

  test('H19: that is held is given on by the reconciler once its instant has come', async () => {
    const outcomes = await withPeople(async () => {
      const waiting = await startWaiting(2);
      await server.store.waitingList.free(anId(0x900), future);
      await run(server.activities.reconcile);
      const before = await Promise.all(waiting.map(outcomeOf));
      await server.store.waitingList.free(anId(0x901), past);
      await run(server.activities.reconcile);
      return [before, await Promise.all(waiting.map(outcomeOf))];
    });

    expect(outcomes).toEqual([
      ['waitlisted', 'waitlisted'],
      ['accepted', 'waitlisted'],
    ]);
  });

  /** By an organiser, of nothing: only what it does beside the submissions. */
  function operate(name: 'announcement' | 'closing') {
    const createdAt = new Date().toISOString();
    const workflowId = `${name}-${crypto.randomUUID()}`;
    const person = { name: 'Olga', role: 'organiser' as const };
    const input = { id: 'c'.repeat(32), createdAt, by: 'Olga', person, selection: { ids: [] } };
    server.started.add(workflowId);
    return server.env.client.workflow.execute(name, { args: [input], taskQueue, workflowId });
  }

  test('H19: that is held is given on with the next announcement', async () => {
    const outcomes = await withPeople(async () => {
      const waiting = await startWaiting(2);
      await server.store.waitingList.free(anId(0x940), untilAnnouncement);
      await operate('announcement');
      return Promise.all(waiting.map(outcomeOf));
    });

    expect(outcomes).toEqual(['accepted', 'waitlisted']);
  });

  test('goes to nobody else when a backup is restored in which it is free, and its taker waits', async () => {
    const outcomes = await withPeople(async () => {
      const waiting = await startWaiting(2, panelRules({}, { attendance }));
      const [first = anId(0)] = waiting.map(idOf);
      const backup = await server.store.records.standing(first);
      await run(() => server.activities.passSlotOn({ freedBy: anId(0x910) }));
      const { revision = 0, state } = backup ?? {};
      const content = { revision, state: JSON.stringify(state) };
      const old = { ...content, verdict: 'waitlisted', outcome: null, is_over: 0, awaits: 'slot' };
      await tamper(async (db) => {
        await db.updateTable('submissions').set(old).where('id', '=', first).execute();
        await db.deleteFrom('freed_slots').where('freed_by', '=', anId(0x910)).execute();
      });
      await server.store.waitingList.free(anId(0x910));
      await server.store.reconciliation.reopen();

      await run(server.activities.reconcile);
      return Promise.all(waiting.map(outcomeOf));
    });

    expect(outcomes).toEqual(['accepted', 'waitlisted']);
  });

  test.each([
    ['is not given on after a restore, until all records are repaired', 0x920, null, false],
    ['is given on though something else could not be repaired', 0x921, past, true],
  ])('%s', async (_, slot, lastCompleted, isPassedOn) => {
    const passed: SubmissionId[] = [];
    const reconcile = createReconciler({
      store: server.store,
      // Of the tests before, which no worker answers for.
      workflows: { ...createWorkflows(server.env.client), list: async function* () {} },
      passSlotOn: async ({ freedBy }) => passed.push(freedBy),
      holdClock: async () => undefined,
      organiserChannels: [],
      forgetMessages: () => Promise.reject(new Error('the disk is full')),
    });
    await server.store.erasures.erase(anId(0x930), past);
    await server.store.waitingList.free(anId(slot));
    if (lastCompleted === null) await server.store.reconciliation.reopen();
    else await server.store.reconciliation.complete(lastCompleted);

    await run(reconcile);

    expect(passed).toEqual(isPassedOn ? [anId(slot)] : []);
  });

  // From here on the call is closed.
  test('that is free or held goes to nobody once the call is closed', async () => {
    const nothing = {
      listOpen: async () => ({ seen: [], hidden: [] }),
      countUndelivered: async () => ({ waiting: 0, stuck: 0 }),
      reconcile: async () => undefined,
    };
    const outcomes = await withPeople(
      async () => {
        await server.store.waitingList.free(anId(0x950));
        await server.store.waitingList.free(anId(0x951), untilAnnouncement);
        const waiting = await startWaiting(1);
        await operate('closing');
        await operate('announcement');
        await run(() => server.activities.passSlotOn({ freedBy: anId(0x950) }));
        return Promise.all(waiting.map(outcomeOf));
      },
      { activities: nothing },
    );

    expect(outcomes).toEqual(['waitlisted']);
  });

  testThatHistoriesReplay(server, 10);
});
