import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submit, waitForResult } from '../../client/index.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { shared } from '../support/shared.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

let stack: Stack;
beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
});
afterAll(() => stack.stop());

async function eventsOf(location: string) {
  const id = parseSubmissionId(location.split('/').at(-1) ?? '');
  if (!id) throw new Error(`no id in ${location}`);
  const { events } = await stack.client.workflow.getHandle(workflowIdOf(id)).fetchHistory();
  return events ?? [];
}

const judgements = ['moderate', 'shortlist', 'select'] as const;

/** The verdict that an event has the result of: a local activity leaves a marker. */
function judgedIn({ markerRecordedEventAttributes: marker }: Awaited<ReturnType<typeof eventsOf>>[number]) {
  const data = marker?.details?.data?.payloads?.[0]?.data;
  const { activity_type: activity } = data ? JSON.parse(Buffer.from(data).toString()) : {};
  return judgements.find((name) => name === activity);
}

/** The first answer that is not the copy which the gateway kept from before. */
async function untilNotCached(location: string): Promise<Response> {
  for (;;) {
    const response = await fetch(location);
    if (!response.ok) return response;
  }
}

describe('no lost or double answer', () => {
  test('when the worker is killed in the middle of a stage, the submission ends all the same, once', async () => {
    const temporal = await stack.startTemporal();
    const gateway = await stack.startGateway(callFile);
    const dying = await stack.startWorker(new URL('../support/dying-worker.ts', import.meta.url), {
      DIE_AT: 'shortlist:before',
    });
    const { location } = await submit(gateway.url, aRequest());
    await dying.exited;

    const worker = await stack.startWorker();
    const result = await waitForResult(location);

    expect(result).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
    await stack.client.workflow.getHandle(`submission-${result.id}`).result();
    const events = await eventsOf(location);
    const judged = events.map(judgedIn).filter((name) => name !== undefined);
    expect(judged).toEqual(['moderate', 'shortlist', 'select']);
    const lost = events.filter(({ workflowTaskTimedOutEventAttributes }) => workflowTaskTimedOutEventAttributes);
    expect(lost).toHaveLength(1);
    await Promise.all([worker.stop(), gateway.stop()]);
    await temporal.stop();
  });

  test('when the gateway is killed between start and answer, the retry with the same key finds the submission', async () => {
    const temporal = await stack.startTemporal();
    const [dying, worker] = await Promise.all([
      stack.startGateway(callFile, new URL('../support/dying-gateway.ts', import.meta.url)),
      stack.startWorker(),
    ]);
    const idempotencyKey = 'one-and-only';
    const first = fetch(`${dying.url}/api/submissions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
      body: JSON.stringify(aRequest()),
    });
    await expect(first).rejects.toThrow('fetch failed');
    await dying.exited;

    const gateway = await stack.startGateway(callFile);
    const { location } = await submit(gateway.url, aRequest(), { idempotencyKey });
    const result = await waitForResult(location);

    expect(result.result).toEqual({ outcome: 'accepted' });
    const { count } = await stack.client.workflow.count(
      `WorkflowType = "submission" AND StartTime > "${result.createdAt}"`,
    );
    const events = await eventsOf(location);
    expect(count).toBe(1);
    expect(events[0]?.workflowExecutionStartedEventAttributes?.attempt).toBe(1);
    await Promise.all([worker.stop(), gateway.stop()]);
    await temporal.stop();
  });

  test('when Temporal is killed and comes back, what was running goes on, and what had ended is still known', async () => {
    const temporal = await stack.startTemporal();
    const [gateway, worker] = await Promise.all([stack.startGateway(callFile), stack.startWorker()]);
    const ended = await submit(gateway.url, aRequest());
    const result = await waitForResult(ended.location);
    const running = await submit(gateway.url, aRequest());

    temporal.send('SIGKILL');
    await temporal.exited;
    const down = await untilNotCached(running.location);
    const again = await stack.startTemporal();

    expect(down.status).toBe(503);
    expect(down.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await (await fetch(ended.location)).json()).toEqual(result);
    expect(await waitForResult(running.location)).toMatchObject({ result: { outcome: 'accepted' } });
    await Promise.all([worker.stop(), gateway.stop()]);
    await again.stop();
  });

  test('the histories of all this replay', async () => {
    const temporal = await stack.startTemporal();

    await expectReplay(await allHistories(stack.client), 4);

    await temporal.stop();
  });
});
