import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import { attendanceOf, panelAtWork } from '../../contract/record.ts';
import { aCall, idOf } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { speakers } from '../support/letters.ts';
import { accept, accessByName, as, inPanel } from '../support/organisers.ts';
import { aPanelCall, attendance, panelRules, scores } from '../support/people.ts';
import { starterOn } from '../support/starter.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, review, stateOf } from '../support/use-people.ts';

const server = useDevServer();
const start = starterOn(server);
const gateways = useGateways(server);

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
    const history = await withWorker(server, wholeLife);

    expect(history.events + history.others).toBeLessThanOrEqual(40);
  });

  async function wholeLife() {
    const handle = await start(rulesOf(aCall({ attendance })));
    await expect.poll(async () => attendanceOf(await stateOf(handle))).toBeDefined();
    await answer(handle, 'confirmed');
    await handle.result();
    return historyOf(handle);
  }

  test('its receipt, its proof and an edit: 14 events more, and 52 in a whole life', async () => {
    const [life, bare, whole] = await withWorker(server, async () => {
      const callOf = { call: aPanelCall({}, { attendance }), access: accessByName };
      const bare = await livedBy(gateways.aGateway({ ...callOf, isProved: true }), async () => undefined);
      const app = gateways.aGateway(callOf);
      const whole = await livedBy(app, async ({ id, speakerToken, handle }) => {
        const proof = await app.request(`/api/submissions/${id}/proof`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${speakers.ofPurpose('proof', idOf(id), 0)}`,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({ answer: 'mine' }),
        });
        const path = `/api/submissions/${id}/proposal`;
        const authorization = { Authorization: `Bearer ${speakerToken}` };
        await expect.poll(async () => (await stateOf(handle)).proved).toBe(true);
        const tag = (await app.request(path, { headers: authorization })).headers.get('ETag') ?? '';
        const edit = await app.request(path, {
          method: 'PATCH',
          headers: { ...authorization, 'If-Match': tag, 'Content-Type': 'application/merge-patch+json' },
          body: JSON.stringify({ title: 'Another title' }),
        });
        expect([proof.status, edit.status]).toEqual([200, 200]);
      });
      return [await wholeLife(), bare, whole];
    });

    const more = whole.events + whole.others - bare.events - bare.others;
    expect(more).toBeLessThanOrEqual(14);
    expect(life.events + life.others + more).toBeLessThanOrEqual(52);
  });

  /** From the submit to the confirmation; `between` happens while the panel is at work. */
  async function livedBy(
    app: ReturnType<typeof gateways.aGateway>,
    between: (submitted: Awaited<ReturnType<typeof inPanel>>) => Promise<void>,
  ) {
    const submitted = await inPanel(gateways, app);
    const { id, path, handle } = submitted;
    await between(submitted);
    await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
    await as(app, 'OLGA', 'POST', '/announcements', { submissions: [id] });
    await expect.poll(async () => attendanceOf(await stateOf(handle))).toBeDefined();
    await answer(handle, 'confirmed');
    await handle.result();
    return historyOf(handle);
  }

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
