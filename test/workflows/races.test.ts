import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import type { CallRules } from '../../contract/call/rules.ts';
import { attendanceOf, panelAtWork } from '../../contract/record.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput } from '../support/fixtures.ts';
import { panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, overrule, stateOf } from '../support/use-people.ts';

const server = useDevServer();
let seed = 0;

async function start(rules: CallRules): Promise<WorkflowHandle> {
  seed += 1;
  const id = anId(seed);
  const input = anInput({ id, rules, createdAt: new Date().toISOString() });
  await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
  server.started.add(workflowIdOf(id));
  return server.env.client.workflow.getHandle(workflowIdOf(id));
}

async function until(handle: WorkflowHandle, isSo: (state: Awaited<ReturnType<typeof stateOf>>) => boolean) {
  while (!isSo(await stateOf(handle))) await delay(20);
}

/** While no worker runs, a command and a deadline come in one task. */
async function afterDeadline<Value>(ask: () => Promise<Value>): Promise<() => Promise<Value>> {
  await delay(2_500);
  const answer = ask();
  await delay(200);
  return () => answer;
}

test('a decision in the same task as the deadline of the panel counts', async () => {
  const rules = panelRules({ whenDue: 'automatic', deadline: '2s', reminders: [] });
  const handle = await withWorker(server, async () => {
    const handle = await start(rules);
    await until(handle, (state) => panelAtWork(state) !== undefined);
    return handle;
  });

  const decided = await afterDeadline(() => decide(handle, 'rejected', overrule));
  const [verdict, state] = await withWorker(server, async () => [await decided(), await stateOf(handle)]);

  expect(verdict).toMatchObject({ outcome: 'rejected', by: 'Olga' });
  expect(state.verdicts.at(-1)).toEqual(verdict);
});

test('an answer in the same task as its deadline counts', async () => {
  const handle = await withWorker(server, async () => {
    const handle = await start(panelRules({}, { attendance: { deadline: '2s' } }));
    await until(handle, (state) => panelAtWork(state) !== undefined);
    await decide(handle, 'passed', overrule);
    await announce(handle);
    await until(handle, (state) => attendanceOf(state) !== undefined);
    return handle;
  });

  const confirmed = await afterDeadline(() => answer(handle, 'confirmed'));
  const [status, last] = await withWorker(server, async () => {
    const status = await confirmed();
    await handle.result();
    return [status, await handle.query(publicStatusQuery)];
  });

  expect(status.result).toEqual({ outcome: 'accepted', attendance: 'confirmed' });
  expect(last).toEqual(status);
});

testThatHistoriesReplay(server, 2);
