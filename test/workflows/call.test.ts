import { randomBytes } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/client';
import { expect, test } from 'vitest';
import { closeUpdate } from '../../contract/workflow/commands.ts';
import { operationWorkflowIdOf } from '../../contract/workflow/operation-workflows.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { everything } from '../../store/sight.ts';
import { anId } from '../support/fixtures.ts';
import { attendance, panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { announce, answer, decide, overrule, usePeople } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, start, startPanel, sentAbout } = usePeople(server);
const day = 86_400_000;

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
    // The time-skipping server can't list workflows.
    { activities: { reconcile: async () => ({ repaired: 0, erased: 0, lost: 0, failed: 0 }) } },
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
      await handle.executeUpdate(closeUpdate, { args: [{ by: 'Olga', reason: 'The programme is printed.' }] });
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
      return { done: batch.length, skipped: 0 };
    };
    const selectDecided = async () => ({ seen: [seenId], hidden: [hiddenId, ...Array(25).fill(hiddenId)], skipped: 0 });

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

testThatHistoriesReplay(server, 10);
