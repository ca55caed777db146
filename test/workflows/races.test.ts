import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationFailure, type WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import { attendanceOf, isStuck, panelAtWork, workOf } from '../../contract/record.ts';
import { processingUpdate } from '../../contract/workflow/commands.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { everything } from '../../store/sight.ts';
import { aCall } from '../support/fixtures.ts';
import { panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, overrule, refusalOf, stateOf, usePeople } from '../support/use-people.ts';

const server = useDevServer();
const { start } = usePeople(server);

async function until(handle: WorkflowHandle, isSo: (state: Awaited<ReturnType<typeof stateOf>>) => boolean) {
  while (!isSo(await stateOf(handle))) await delay(20);
}

/** A notice that is being sent would be lost with its worker, and waited for. */
async function untilNotified({ workflowId }: WorkflowHandle) {
  const sent = () => server.store.messages.after(undefined, ['sent'], 100, everything);
  while ((await sent()).every(({ submission_id }) => submission_id !== workflowId.replace('submission-', '')))
    await delay(20);
}

/** Else the server keeps the first task for 10 s for the worker that is gone. */
const uncached = { maxCachedWorkflows: 0 };

/** While no worker runs, a command and a deadline come in one task. */
async function afterDeadline<Value>(ask: () => Promise<Value>): Promise<() => Promise<Value>> {
  await delay(2_500);
  const answer = ask();
  await delay(200);
  return () => answer;
}

test('a decision in the same task as the deadline of the panel counts', async () => {
  const rules = panelRules({ whenDue: 'automatic', deadline: '2s', reminders: [] });
  const handle = await withWorker(
    server,
    async () => {
      const handle = await start(rules);
      await until(handle, (state) => panelAtWork(state) !== undefined);
      return handle;
    },
    uncached,
  );

  const decided = await afterDeadline(() => decide(handle, 'rejected', overrule));
  const [verdict, state] = await withWorker(server, async () => [await decided(), await stateOf(handle)]);

  expect(verdict).toMatchObject({ outcome: 'rejected', by: 'Olga' });
  expect(state.verdicts.at(-1)).toEqual(verdict);
});

test('an answer in the same task as its deadline counts', async () => {
  const handle = await withWorker(
    server,
    async () => {
      const handle = await start(panelRules({}, { attendance: { deadline: '2s' } }));
      await until(handle, (state) => panelAtWork(state) !== undefined);
      await decide(handle, 'passed', overrule);
      await announce(handle);
      await until(handle, (state) => attendanceOf(state) !== undefined);
      return handle;
    },
    uncached,
  );

  const confirmed = await afterDeadline(() => answer(handle, 'confirmed'));
  const [status, last] = await withWorker(server, async () => {
    const status = await confirmed();
    await handle.result();
    return [status, await handle.query(publicStatusQuery)];
  });

  expect(status.result).toEqual({ outcome: 'accepted', attendance: 'confirmed' });
  expect(last).toEqual(status);
});

test('a decision in the same task as the deadline of a referral counts', async () => {
  const { stages, ...others } = rulesOf(aCall());
  const words = { refer: { deadline: { days: 0, milliseconds: 2_000 }, whenDue: 'pass' as const } };
  const referring = stages.map((one) =>
    one.stage === 'moderation' ? { ...one, checks: { ...one.checks, words } } : one,
  );
  const handle = await withWorker(
    server,
    async () => {
      const handle = await start({ ...others, stages: referring }, { title: 'Idiots at work' });
      await until(handle, (state) => workOf(state)?.kind === 'referral');
      await untilNotified(handle);
      return handle;
    },
    uncached,
  );

  const decided = await afterDeadline(() => decide(handle, 'rejected', { stage: 'moderation' }));
  const [verdict, result] = await withWorker(server, async () => [await decided(), await handle.result()]);

  expect(verdict).toMatchObject({ outcome: 'rejected', by: 'Olga' });
  expect(result).toEqual({ outcome: 'rejected' });
});

test('of an end, a restart and a decision in the same task the first counts, and the others are refused', async () => {
  const broken = async () => {
    throw ApplicationFailure.nonRetryable('out of order');
  };
  const options = { activities: { shortlist: broken } };
  const handle = await withWorker(
    server,
    async () => {
      const handle = await start(rulesOf(aCall()));
      await until(handle, isStuck);
      await untilNotified(handle);
      return handle;
    },
    { ...options, ...uncached },
  );

  const set = (processing: 'restart' | 'end') =>
    handle.executeUpdate(processingUpdate, { args: [{ by: 'Olga', processing }] });
  const ended = set('end');
  await delay(200);
  const others = [refusalOf(set('restart')), refusalOf(decide(handle, 'passed', { stage: 'shortlisting' }))];
  await delay(200);
  const [refusals, status] = await withWorker(
    server,
    async () => {
      await ended;
      await handle.result().catch(() => undefined);
      return [await Promise.all(others), await handle.query(publicStatusQuery)];
    },
    options,
  );

  expect(refusals.map(({ type }) => type)).toEqual(['not-stuck', 'not-under-review']);
  expect(status).toMatchObject({ status: 'Failed', error: { code: 'processing-failed' } });
});

testThatHistoriesReplay(server, 4);
