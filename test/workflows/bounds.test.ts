import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import { attendanceOf, panelAtWork } from '../../contract/record.ts';
import { aCall } from '../support/fixtures.ts';
import { attendance, panelRules, scores } from '../support/people.ts';
import { starterOn } from '../support/starter.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, review, stateOf } from '../support/use-people.ts';

const server = useDevServer();
const start = starterOn(server);

/** Of all workflows that a submission had. */
async function historyOf({ workflowId }: WorkflowHandle) {
  const { client } = server.env;
  const messages = await client.workflow.list({
    query: `WorkflowId = 'messages-${workflowId.slice('submission-'.length)}'`,
  });
  let others = 0;
  for await (const { workflowId } of messages)
    others += (await client.workflow.getHandle(workflowId).describe()).historyLength;
  const { historyLength: events, historySize: bytes } = await client.workflow.getHandle(workflowId).describe();
  return { events, others, bytes };
}

describe('a submission costs Temporal little', () => {
  test('one that is judged automatically: 12 events with its mail, 10 KB', async () => {
    const history = await withWorker(server, async () => {
      const handle = await start(rulesOf(aCall()));
      await handle.result();
      return historyOf(handle);
    });

    expect(history.events + history.others).toBeLessThanOrEqual(12);
    expect(history.bytes).toBeLessThanOrEqual(10_000);
  });

  test('with its whole life: 40 events', async () => {
    const history = await withWorker(server, async () => {
      const handle = await start(rulesOf(aCall({ attendance })));
      await expect.poll(async () => attendanceOf(await stateOf(handle))).toBeDefined();
      await answer(handle, 'confirmed');
      await handle.result();
      return historyOf(handle);
    });

    expect(history.events + history.others).toBeLessThanOrEqual(40);
  });

  test('with a panel of 50', async () => {
    const history = await withWorker(server, async () => {
      const handle = await start(panelRules());
      await expect.poll(async () => panelAtWork(await stateOf(handle))).toBeDefined();
      for (let at = 1; at <= 50; at += 1) await review(handle, `Reviewer ${at}`, { scores, note: 'A note.' });
      await decide(handle, 'passed');
      await announce(handle);
      await handle.result();
      return historyOf(handle);
    });

    expect(history.events).toBeLessThanOrEqual(400);
  });
});

testThatHistoriesReplay(server, 3);
