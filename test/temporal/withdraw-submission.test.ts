import { setTimeout as delay } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import { describe, expect, test } from 'vitest';
import type { createActivities } from '../../activities/index.ts';
import { problemOf, problemType, statusOf } from '../support/app.ts';
import { aCall, aRequestToRejectAtOnce, aSlowCall } from '../support/fixtures.ts';
import { untilAvailable, useGateways } from '../support/gateways.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();
const { aGateway, submitTo, withdraw, poll, untilTerminal, pathOf } = useGateways(server);

describe('H22: a withdrawal', () => {
  test('during a stage: all gateways read Canceled, and a repetition at another one has the same answer', async () => {
    const [one, other] = [aGateway({ call: aSlowCall('1h') }), aGateway()];

    const [first, again, read] = await withWorker(server, async () => {
      const submitted = await submitTo(one);
      await poll(one, submitted.id, ({ stage }) => stage === 'moderation');
      const first = await withdraw(one, submitted);
      await submitted.handle.result();
      return [first, await withdraw(other, submitted), await untilTerminal(aGateway(), submitted.id)];
    });

    expect([first.status, again.status]).toEqual([202, 202]);
    expect(await statusOf(first)).toMatchObject({ status: 'Canceled', stage: 'moderation' });
    expect(await statusOf(again)).toEqual(read);
  });

  test('after the outcome is refused, and the document is unchanged', async () => {
    const app = aGateway();

    const [before, refused, after] = await withWorker(server, async () => {
      const submitted = await submitTo(app);
      const before = await untilTerminal(app, submitted.id);
      return [before, await withdraw(app, submitted), await untilTerminal(aGateway(), submitted.id)];
    });

    expect(await problemOf(refused)).toMatchObject({ type: problemType('submission-concluded'), status: 409 });
    expect(after).toEqual(before);
  });

  test('does not wait for an activity that is under way, nor hears its verdict', async () => {
    let release: () => void = () => undefined;
    const underWay = new Promise<void>((begun) => {
      release = begun;
    });
    const slowly: ReturnType<typeof createActivities>['moderate'] = async () => {
      // A judgement that takes longer than milliseconds has a task of its own.
      if (activityInfo().isLocal) throw new Error('not at once');
      release();
      await delay(2_000);
      return { outcome: 'rejected', reasons: [] };
    };
    const app = aGateway();

    const [answer, result] = await withWorker(
      server,
      async () => {
        const submitted = await submitTo(app);
        await underWay;
        return [await withdraw(app, submitted), await submitted.handle.result()];
      },
      { activities: { moderate: slowly } },
    );

    expect(await statusOf(answer)).toMatchObject({ status: 'Canceled', progress: { completed: 0 } });
    expect(result).toEqual({ outcome: 'withdrawn' });
  });

  test('without a worker is 503 within the time of a client, and can be said again when there is one', async () => {
    const app = aGateway();
    const submitted = await submitTo(app);

    const began = performance.now();
    const down = await withdraw(app, submitted);
    const took = performance.now() - began;
    const status = await withWorker(server, async () => {
      while ((await withdraw(app, submitted)).status !== 202);
      return untilTerminal(app, submitted.id);
    });

    expect(await problemOf(down)).toMatchObject({
      status: 503,
      detail: expect.stringMatching(/may still be made later/),
    });
    // The contract's own bound for an answer (H13), with room for a busy machine.
    expect(took).toBeLessThan(10_000);
    expect(status.status).toBe('Canceled');
  });

  test('for what is not there, by the right token, is 404', async () => {
    const app = aGateway();
    const submitted = await submitTo(app);
    await submitted.handle.terminate();
    await server.env.client.workflowService.deleteWorkflowExecution({
      namespace: server.env.client.options.namespace,
      workflowExecution: { workflowId: `submission-${submitted.id}` },
    });
    server.started.delete(`submission-${submitted.id}`);

    let response = await withdraw(app, submitted);
    while (response.status === 409) response = await withdraw(app, submitted);

    expect(await problemOf(response)).toMatchObject({ status: 404 });
  });

  test('against the verdict at the same instant: exactly one wins, and all readers agree', async () => {
    // Without a wait, it is over before anybody else is heard.
    const { moderation, shortlisting, selection } = aCall().stages;
    const stages = {
      moderation: { ...moderation, policy: { kind: 'automatic' } },
      shortlisting: { ...shortlisting, policy: { kind: 'automatic' } },
      selection: { ...selection, policy: { kind: 'automatic', after: '50ms' } },
    };
    const app = aGateway({ call: aCall({ stages }) });

    const seen = await withWorker(server, async () => {
      const race = async (after: number) => {
        const submitted = await submitTo(app);
        await delay(after);
        const { status: code } = await untilAvailable(() => withdraw(app, submitted));
        const read = await Promise.all([app, aGateway()].map((gateway) => untilTerminal(gateway, submitted.id)));
        expect(read[0]).toEqual(read[1]);
        expect((await app.request(pathOf(submitted.id))).status).toBe(200);
        return { code, status: read[0]?.status ?? '' };
      };
      const seen: { code: number; status: string }[] = [];
      // From well before the outcome to well after it; however slow the machine is, until both ends have been seen.
      for (let begin = 0; seen.length < 40 || new Set(seen.map(({ code }) => code)).size < 2; begin += 160)
        seen.push(...(await Promise.all(Array.from({ length: 8 }, (_, at) => race(begin + at * 20)))));
      return seen;
    });

    const pairs = new Set(seen.map(({ code, status }) => `${code} ${status}`));
    expect(pairs).toEqual(new Set(['202 Canceled', '409 Succeeded']));
  });

  test('twenty at once: one withdrawal, twenty times the same answer', async () => {
    const gateways = [aGateway({ call: aSlowCall('1h') }), aGateway()] as const;

    const [answers, history] = await withWorker(server, async () => {
      const submitted = await submitTo(gateways[0]);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => withdraw(gateways[at % 2 === 0 ? 0 : 1], submitted)),
      );
      await submitted.handle.result();
      return [answers, await submitted.handle.fetchHistory()];
    });

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    const updates = history.events?.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
    expect(updates).toHaveLength(1);
  });
});

describe('H19: where answers are kept back', () => {
  test('what is accepted and what is rejected look the same, byte by byte, until the announcement', async () => {
    const announcement = new Date(Date.now() + 3_600_000).toISOString();
    const call = aSlowCall('0s', { disclosure: 'until-announced', announcement });
    const app = aGateway({ call });

    const before = await withWorker(server, async () => {
      const submissions = [await submitTo(app), await submitTo(app, aRequestToRejectAtOnce())] as const;
      // Until both are decided behind the curtain.
      for (const { handle } of submissions) {
        while (!(await detailsOf(handle)).includes('moderation: ')) await delay(50);
      }
      await delay(2_500); // Longer than any copy of the first status lives.
      return Promise.all(submissions.map(async ({ id }) => bytesOf(await app.request(pathOf(id)), id)));
    });

    expect(before[0]).toEqual(before[1]);
    expect(before[0]?.body).toContain('"stage":"under-review"');
  });
});

testThatHistoriesReplay(server, 45);

async function detailsOf(handle: Awaited<ReturnType<typeof submitTo>>['handle']): Promise<string> {
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
}

/** All of an answer that a reader could compare, but for what is the submission's own anyway: its id and instants. */
async function bytesOf(response: Response, id: string) {
  const { 'x-request-id': _, etag: __, 'retry-after': ___, ...headers } = Object.fromEntries(response.headers);
  const own = (text: string) => text.replaceAll(id, 'ID').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT');
  return { status: response.status, headers: own(JSON.stringify(headers)), body: own(await response.text()) };
}
