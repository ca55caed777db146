import { randomBytes } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { createOperations } from '../../activities/operations.ts';
import { closeUpdate } from '../../contract/workflow/commands.ts';
import { operationWorkflowIdOf, operationWorkflows } from '../../contract/workflow/operation-workflows.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { everything } from '../../store/sight.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId } from '../support/fixtures.ts';
import { attendance, panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, answer, decide, overrule, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, start, startPanel, sentAbout } = usePeople(server);
const day = 86_400_000;
const reconcile = async () => ({ repaired: 0, erased: 0, lost: 0, failed: 0 });

/** The time-skipping server can't list workflows. */
function unlisted() {
  const workflows = { ...createWorkflows(server.env.client), list: async function* () {} };
  const { listOpen, leftOpen } = createOperations({ store: server.store, workflows });
  return { reconcile, listOpen, leftOpen };
}

test('a whole call of 90 days: panels, reminders, an embargo, three declines down a waiting list, and its closing', async () => {
  const [story, closing, undelivered] = await withPeople(
    async () => {
      const began = await server.env.currentTimeMs();
      const announcement = new Date(began + 30 * day).toISOString();
      const rules = panelRules(
        { deadline: '20d' },
        { disclosure: 'until-announced', announcement, attendance, whenClosed: 'reject' },
      );
      const [one, two, three, four, rejected, undecided] = await Promise.all(
        Array.from({ length: 6 }, (_, at) => start(rules, { title: `Talk number ${at}` })),
      );
      if (!one || !two || !three || !four || !rejected || !undecided) throw new Error('six are needed');
      const all = [one, two, three, four, rejected, undecided];
      await server.env.sleep('1 day');
      const passed = [one];
      for (const handle of passed) await decide(handle, 'passed', overrule);
      for (const [at, handle] of [two, three, four].entries())
        await decide(handle, 'waitlisted', { ...overrule, rank: at + 1 });
      await decide(rejected, 'rejected', overrule);
      const story: string[] = [];
      const look = async (what: string) => {
        const seen = await Promise.all(
          all.map(async (handle) => {
            const { status, stage, result } = await handle.query(publicStatusQuery);
            return [status, result?.outcome ?? stage, result?.attendance].filter(Boolean).join(' ');
          }),
        );
        story.push(`${what}: ${seen.join(', ')}`);
      };
      await server.env.sleep('20 days');
      await look('embargo');
      await server.env.sleep('10 days');
      await look('announced');
      await answer(one, 'declined');
      await server.env.sleep('1 day');
      await look('first declined');
      await answer(two, 'declined');
      await server.env.sleep('1 day');
      await look('second declined');
      await server.env.sleep('11 days');
      await look('third lapsed');
      await answer(four, 'declined');
      await server.env.sleep('40 days');
      await look('fourth declined');
      const closing = server.env.client.workflow;
      const id = 'c'.repeat(32);
      const createdAt = new Date(await server.env.currentTimeMs()).toISOString();
      const input = { id, createdAt, by: 'Olga', person: { name: 'Olga', role: 'organiser' as const } };
      const handle = await closing.start('closing', {
        args: [input],
        taskQueue: 'call-for-speakers',
        workflowId: operationWorkflowIdOf('closings', id),
      });
      server.started.add(handle.workflowId);
      await server.env.sleep('2 hours');
      await look('closed');
      return [story, (await handle.describe()).memo, await server.store.messages.undelivered(everything)];
    },
    { activities: unlisted() },
  );

  const behind = 'Running under-review';
  const gone = 'Succeeded accepted declined';
  const waits = 'Running waitlisted';
  const asked = 'Succeeded accepted awaited';
  const no = 'Succeeded rejected';
  expect(story).toEqual([
    `embargo: ${Array(6).fill(behind).join(', ')}`,
    `announced: ${[asked, waits, waits, waits, no, behind].join(', ')}`,
    `first declined: ${[gone, asked, waits, waits, no, behind].join(', ')}`,
    `second declined: ${[gone, gone, asked, waits, no, behind].join(', ')}`,
    `third lapsed: ${[gone, gone, 'Succeeded accepted lapsed', asked, no, behind].join(', ')}`,
    `fourth declined: ${[gone, gone, 'Succeeded accepted lapsed', gone, no, behind].join(', ')}`,
    `closed: ${[gone, gone, 'Succeeded accepted lapsed', gone, no, no].join(', ')}`,
  ]);
  expect(closing).toMatchObject({ operation: { status: 'Succeeded' } });
  expect(undelivered).toEqual([]);
});

test('closing the call lapses open answers and ends the waiting list', async () => {
  const [ends, sent] = await withPeople(async () => {
    const rules = panelRules({}, { attendance });
    const [accepted, waiting, open] = [await startPanel(rules), await startPanel(rules), await startPanel(rules)];
    await decide(accepted, 'passed', overrule);
    await decide(waiting, 'waitlisted', overrule);
    for (const handle of [accepted, waiting]) await announce(handle);
    await server.env.sleep('1 minute');
    for (const handle of [accepted, waiting, open])
      await giveCommand(handle, closeUpdate, { args: [{ by: 'Olga', reason: 'The programme is printed.' }] });
    const ends = await Promise.all([accepted, waiting, open].map((handle) => handle.result()));
    const last = await Promise.all([accepted, waiting, open].map((handle) => handle.query(publicStatusQuery)));
    return [[ends, last.map(({ result }) => result)], waiting];
  });

  expect(ends).toEqual([
    [{ outcome: 'accepted' }, { outcome: 'waitlisted' }, { outcome: 'rejected' }],
    [{ outcome: 'accepted', attendance: 'lapsed' }, { outcome: 'waitlisted' }, { outcome: 'rejected' }],
  ]);
  expect(await sentAbout(sent)).toEqual(['not-promoted.email', 'waitlisted.email']);
});

test.each([
  ['breaks off', 'FAILED', async () => Promise.reject(ApplicationFailure.nonRetryable('It is lost.'))],
  ['is cancelled', 'COMPLETED', async (cancel: () => Promise<unknown>) => void (await cancel())],
])(
  'an announcement is told as done before it comes to what is hidden, and stays so when that %s',
  async (_, end, interrupt) => {
    const [seenId, hiddenId] = [anId(0x70), anId(0x71)];
    const id = randomBytes(16).toString('hex');
    const handle = server.env.client.workflow.getHandle(operationWorkflowIdOf('announcements', id));
    const told: unknown[] = [];
    const operationOf = async () => (await handle.describe()).memo?.operation;
    const announceBatch = async (batch: string[]) => {
      if (batch.includes(hiddenId)) {
        told.push(await operationOf());
        await interrupt(() => handle.cancel());
      }
      return { done: batch.length, skipped: 0, stuck: [] };
    };
    const selectDecided = async () => ({
      seen: [seenId],
      hidden: [hiddenId, ...Array(25).fill(hiddenId)],
      skipped: 0,
      unread: [],
    });

    const ended = await withPeople(
      async () => {
        const createdAt = new Date(await server.env.currentTimeMs()).toISOString();
        const person = { name: 'Olga', role: 'organiser' as const };
        await server.env.client.workflow.start('announcement', {
          args: [{ id, createdAt, by: 'Olga', person, selection: {} }],
          taskQueue: 'call-for-speakers',
          workflowId: handle.workflowId,
        });
        server.started.add(handle.workflowId);
        await handle.result().catch(() => undefined);
        return handle.describe();
      },
      { activities: { announceBatch, selectDecided } },
    );

    const final = ended.memo?.operation;
    expect(final).toMatchObject({ status: 'Succeeded', result: { done: 1, skipped: 0 } });
    expect(told).toEqual(Array(end === 'FAILED' ? 1 : 2).fill(final));
    expect(ended.status.name).toBe(end);
  },
);

describe('an operation goes on past a submission that is stuck', () => {
  const person = { name: 'Olga', role: 'organiser' as const };
  const [fine, slow, stuck, hidden] = [anId(0x80), anId(0x81), anId(0x82), anId(0x83)];

  /** Applies commands to a submission that answers at once, one that answers at the second time, and two that never do. */
  function batches() {
    const asked: string[] = [];
    const apply = async (ids: string[]) => {
      asked.push(...ids);
      const left = ids.filter((id) => id === stuck || id === hidden || (id === slow && !isSecond(id)));
      return { done: ids.length - left.length, skipped: 0, stuck: left };
    };
    const isSecond = (id: string) => asked.filter((one) => one === id).length > 1;
    return { asked, apply };
  }

  async function run(kind: 'announcements' | 'closings', activities: object, given: object = {}) {
    const id = randomBytes(16).toString('hex');
    const { workflow } = server.env.client;
    const workflowId = operationWorkflowIdOf(kind, id);
    server.started.add(workflowId);
    return withPeople(
      async () => {
        const createdAt = new Date(await server.env.currentTimeMs()).toISOString();
        const args = [{ id, createdAt, by: 'Olga', person, ...given }];
        const handle = await workflow.start(operationWorkflows[kind], {
          args,
          taskQueue: 'call-for-speakers',
          workflowId,
        });
        while ((await handle.describe()).status.name === 'RUNNING') await server.env.sleep('1 minute');
        const { memo, historyLength } = await handle.describe();
        const audit = await server.store.audit.after(undefined, 500, everything);
        const left = audit.filter(({ id: entry }) => entry.startsWith(`stuck:${id}:`));
        const isClosed = audit.some(({ id: entry }) => entry === `call-closed:${id}`);
        return { operation: memo?.operation, left: left.map((entry) => entry.submission_id), isClosed, historyLength };
      },
      { activities: { reconcile, ...activities } },
    );
  }

  test('an announcement: names it, counts what is done, and says no word of a hidden one', async () => {
    const { asked, apply } = batches();
    const selectDecided = async () => ({ seen: [stuck, slow, fine], hidden: [hidden], skipped: 0, unread: [] });

    const ended = await run('announcements', { selectDecided, announceBatch: apply }, { selection: {} });

    expect(ended.operation).toMatchObject({
      status: 'Failed',
      progress: { completed: 2, total: 3 },
      result: { done: 2, skipped: 0 },
      error: { code: 'some-stuck', submissions: [stuck] },
    });
    expect(JSON.stringify(ended.operation)).not.toContain(hidden);
    expect(ended.left).toEqual([stuck, hidden]);
    expect(asked.filter((id) => id === fine)).toHaveLength(1);
    expect(asked.filter((id) => id === stuck)).toHaveLength(4);
  });

  test('an announcement with only a hidden one stuck has the document that it has without it; others are told', async () => {
    const ofSeen = (hidden: string[]) => async () => ({ seen: [fine], hidden, skipped: 0, unread: [] });
    const selection = {};

    const without = await run(
      'announcements',
      { selectDecided: ofSeen([]), announceBatch: batches().apply },
      { selection },
    );
    const withIt = await run(
      'announcements',
      { selectDecided: ofSeen([hidden]), announceBatch: batches().apply },
      { selection },
    );

    const same = { id: expect.any(String), createdAt: expect.any(String), lastUpdatedAt: expect.any(String) };
    expect(withIt.operation).toEqual({ ...Object(without.operation), ...same });
    expect([without.left, withIt.left]).toEqual([[], [hidden]]);
  });

  test('a closing, forced or not: is not done while one is open, whatever its record says', async () => {
    const { asked, apply } = batches();
    const open = { seen: [stuck, slow, fine], hidden: [] };
    // By the records, nothing is open after the first time.
    const activities = {
      listOpen: async () => open,
      leftOpen: async () => ({ count: 0, first: [] }),
      closeBatch: apply,
    };

    const ended = await run('closings', activities, { force: true, reason: 'It is late.' });

    expect(ended.operation).toMatchObject({
      status: 'Failed',
      progress: { completed: 2, total: 3 },
      result: { done: 2, skipped: 0 },
      error: { code: 'some-stuck', submissions: [stuck] },
    });
    expect([ended.left, ended.isClosed]).toEqual([[stuck], false]);
    expect(asked.filter((id) => id === stuck)).toHaveLength(4);
  });

  test('a closing waits long for what has answered, and reaches what was not on its list', async () => {
    let checks = 0;
    const { asked, apply } = batches();
    const leftOpen = async () => {
      checks += 1;
      return checks > 20 ? { count: 0, first: [] } : { count: 1, first: [fine] };
    };
    const listOpen = async () => ({ seen: [], hidden: [] });

    const ended = await run('closings', { listOpen, leftOpen, closeBatch: apply });

    expect(ended.operation).toMatchObject({ status: 'Succeeded' });
    expect([ended.left, ended.isClosed]).toEqual([[], true]);
    expect(new Set(asked)).toEqual(new Set([fine]));
  });

  test('2,000 submissions leave a history of some hundred events', async () => {
    const many = Array.from({ length: 2_000 }, (_, seed) => anId(0x1000 + seed));
    const selectDecided = async () => ({ seen: many, hidden: [], skipped: 0, unread: [] });

    const { operation, historyLength } = await run(
      'announcements',
      { selectDecided, announceBatch: batches().apply },
      { selection: {} },
    );

    expect(operation).toMatchObject({ status: 'Succeeded', result: { done: 2_000, skipped: 0 } });
    expect(historyLength).toBeLessThan(700);
  });
});

testThatHistoriesReplay(server, 15);
