import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { withRecords } from '../../api/status/recorded-submissions.ts';
import { initialState } from '../../contract/initial-state.ts';
import { publicStatus } from '../../contract/public-status.ts';
import { isOverdue } from '../../contract/record.ts';
import { processingUpdate } from '../../contract/workflow/commands.ts';
import { recordQuery } from '../../contract/workflow/queries.ts';
import type { SubmissionMemo } from '../../contract/workflow/submission-input.ts';
import { taskQueue, workflowIdOf, workflowType } from '../../contract/workflow/workflow-ids.ts';
import { freePort } from '../../dev/ports.ts';
import { aRelayTo } from '../../dev/stand-ins/relay.ts';
import { connect } from '../../temporal/connect.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { noWorkflows, post, problemOf, statusOf, submittedOf } from '../support/app.ts';
import { aCall, anId, anInput, aRequest, aRequestToReject, aSlowCall, planted } from '../support/fixtures.ts';
import { untilAvailable, useGateways } from '../support/gateways.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();

const { aGateway, submitTo, poll, untilTerminal, pathOf, anAppsOwn, closeLater } = useGateways(server);

describe('submit and poll', () => {
  test('H3, H14: from received to its outcome', async () => {
    const app = aGateway();

    const [accepted, rejected] = await withWorker(server, async () => {
      const [one, other] = [await submitTo(app), await submitTo(app, aRequestToReject())];
      return [await untilTerminal(app, one.id), await untilTerminal(app, other.id)];
    });

    expect(accepted).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
    expect(rejected).toMatchObject({ status: 'Succeeded', result: { outcome: 'rejected' } });
  });

  test('H4: nothing planted, and nothing of our inside, is in any answer on the way', async () => {
    const app = aGateway({ call: aSlowCall('300ms') });
    const words = [...Object.values(planted), 'call-for-speakers', 'publicStatus', 'no-objection', 'score'];
    const answers: string[] = [];

    await withWorker(server, async () => {
      const { id, handle } = await submitTo(app, aRequest(), {});
      words.push((await handle.describe()).runId);
      for (let isOver = false; !isOver; await turn()) {
        const response = await app.request(pathOf(id));
        answers.push(JSON.stringify([...response.headers]) + (await response.text()));
        isOver = response.status === 200;
      }
    });

    for (const answer of answers) for (const word of words) expect(answer).not.toContain(word);
  });

  test('H9: a hundred submissions are all there 0 ms later, from another gateway too', async () => {
    const [one, other] = [aGateway(), aGateway()];

    // Ten at a time: a burst that is more than the server can start in 1.5 s is answered by some 503, and rightly.
    const codes: number[] = [];
    for (let at = 0; at < 10; at += 1) {
      const ids = await Promise.all(Array.from({ length: 10 }, () => submitTo(one)));
      const polls = ids.map(({ id }) => (at % 2 === 0 ? one : other).request(pathOf(id)));
      codes.push(...(await Promise.all(polls)).map(({ status }) => status));
    }

    expect(new Set(codes)).toEqual(new Set([202]));
  });

  test('H21: polls add nothing to the history', async () => {
    const app = aGateway();
    const slow = aGateway({ call: aSlowCall('1h') });
    const [ended, running] = await withWorker(server, async () => {
      const [one, other] = [await submitTo(app), await submitTo(slow)];
      await one.handle.result();
      await poll(slow, other.id, ({ stage }) => stage === 'moderation');
      return [one, other];
    });
    const lengths = async () => [ended, running].map(async ({ handle }) => (await handle.describe()).historyLength);
    const before = await Promise.all(await lengths());

    await withWorker(server, async () => {
      for (let gateway = 0; gateway < 10; gateway += 1) {
        const fresh = aGateway();
        await Promise.all(
          Array.from({ length: 100 }, (_, at) => fresh.request(pathOf(at % 2 === 0 ? ended.id : running.id))),
        );
      }
    });

    expect(await Promise.all(await lengths())).toEqual(before);
  });
});

describe('H10: two gateways on one Temporal', () => {
  test('50 parallel posts under one key start one workflow', async () => {
    const gateways = [aGateway(), aGateway()] as const;

    const statuses = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        untilAvailable(() => post(gateways[at % 2 === 0 ? 0 : 1], aRequest(), { 'Idempotency-Key': 'fifty' })),
      ),
    );

    const ids = await Promise.all(statuses.map(async (response) => (await submittedOf(response)).id));
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(ids).size).toBe(1);
  });

  test('another payload under the key is refused by the other gateway too', async () => {
    await submitTo(aGateway(), aRequest(), { 'Idempotency-Key': 'used' });

    const response = await post(aGateway(), aRequest({ title: 'Another talk' }), { 'Idempotency-Key': 'used' });

    expect(await problemOf(response)).toMatchObject({
      status: 422,
      type: expect.stringContaining('idempotency-key-reused'),
    });
  });

  test('a retry after the end gives the same id, with the result', async () => {
    const app = aGateway();
    const id = await withWorker(server, async () => {
      const submitted = await submitTo(app, aRequest(), { 'Idempotency-Key': 'ended' });
      await untilTerminal(app, submitted.id);
      return submitted.id;
    });

    const retry = await post(aGateway(), aRequest(), { 'Idempotency-Key': 'ended' });

    expect(retry.status).toBe(202);
    expect(await submittedOf(retry)).toMatchObject({ id, status: 'Succeeded' });
  });
});

describe('without a worker', () => {
  test('H13: a submit is answered by 202, and reads as received', async () => {
    const { id } = await submitTo(aGateway());

    const response = await aGateway().request(pathOf(id));

    expect(response.status).toBe(202);
    expect(await statusOf(response)).toMatchObject({ status: 'NotStarted', stage: 'received' });
  });

  test('H16: the status is the same document that the query gave before, running and terminal', async () => {
    const slow = aGateway({ call: aSlowCall('1h') });
    const [running, ended] = await withWorker(server, async () => {
      const [one, other] = [await submitTo(slow), await submitTo(aGateway())];
      await untilTerminal(aGateway(), other.id);
      return [
        await (await aGateway().request(pathOf(one.id))).text(),
        await (await aGateway().request(pathOf(other.id))).text(),
      ];
    });

    const again = async (document: string) => (await aGateway().request(pathOf(JSON.parse(document).id))).text();

    expect(JSON.parse(running)).toMatchObject({ stage: 'moderation' });
    expect(await again(running)).toBe(running);
    expect(await again(ended)).toBe(ended);
  });
});

describe('H15: a workflow that was ended from outside reads as what it is, with 200', () => {
  test.each([
    ['terminated', { status: 'Failed', error: { code: 'processing-stopped' } }],
    ['cancelled', { status: 'Failed', error: { code: 'processing-stopped' } }],
  ])('%s, with a worker or without', async (how, expected) => {
    const slow = aGateway({ call: aSlowCall('1h') });

    const [id, withOne] = await withWorker(server, async () => {
      const { id, handle } = await submitTo(slow);
      await poll(slow, id, ({ stage }) => stage === 'moderation');
      await (how === 'terminated' ? handle.terminate('secret-reason') : handle.cancel());
      await handle.result().catch(() => undefined);
      return [id, await aGateway().request(pathOf(id))];
    });
    const withNone = await aGateway().request(pathOf(id));

    for (const response of [withOne, withNone]) {
      expect(response.status).toBe(200);
      const status = await statusOf(response);
      expect(status).toMatchObject(expected);
      expect(JSON.stringify(status)).not.toContain('secret');
    }
  });

  test('timed out', async () => {
    const input = anInput({ id: anId(15) });
    const handle = await server.env.client.workflow.start(workflowType, {
      workflowId: workflowIdOf(input.id),
      taskQueue,
      args: [input],
      memo: { publicStatus: publicStatus(initialState(input)), fingerprint: '' } satisfies SubmissionMemo,
      workflowExecutionTimeout: '1 ms',
    });
    await handle.result().catch(() => undefined);

    const response = await aGateway().request(pathOf(input.id));

    expect(response.status).toBe(200);
    expect(await statusOf(response)).toMatchObject({ status: 'Failed', error: { code: 'processing-failed' } });
  });

  test('one that nobody could judge is running until the organisers end it, and then failed', async () => {
    const app = aGateway();
    const moderate = async () => {
      throw ApplicationFailure.nonRetryable('secret-cause');
    };

    const [stuck, failed] = await withWorker(
      server,
      async () => {
        const { id, handle } = await submitTo(app);
        while (!isOverdue((await handle.query(recordQuery)).state)) await turn();
        const stuck = await statusOf(await poll(app, id, ({ stage }) => stage === 'moderation'));
        await giveCommand(handle, processingUpdate, {
          args: [{ by: 'Olga', processing: 'end', reason: 'It is ours.' }],
        });
        return [stuck, await untilTerminal(app, id)];
      },
      { activities: { moderate } },
    );

    expect(stuck).toMatchObject({ status: 'Running', stage: 'moderation' });
    expect(failed).toMatchObject({ status: 'Failed', error: { code: 'processing-failed' } });
    expect(JSON.stringify([stuck, failed])).not.toContain('secret');
  });
});

describe('H13, H16: Temporal out of reach', () => {
  test.each(['refuses connections', 'takes them and says nothing'])(
    'a server that %s: 503 for submits and polls',
    async (how) => {
      const port = await freePort();
      const blackHole = createServer();
      if (how !== 'refuses connections')
        await new Promise<void>((resolve) => blackHole.listen(port, '127.0.0.1', resolve));
      const app = aGateway({ address: `127.0.0.1:${port}` });

      const [submit, poll] = await Promise.all([post(app, aRequest()), app.request(pathOf(anId(1)))]);

      for (const response of [submit, poll]) {
        expect(await problemOf(response)).toMatchObject({ status: 503 });
        expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
      }
      blackHole.close();
    },
  );

  test('a namespace that is not there (yet): 503 as well', async () => {
    const client = connect({
      connectionOptions: { address: server.env.address },
      namespace: 'not-there-yet',
      payloadKeys: server.payloadKeys,
    });
    closeLater(client);
    const app = createApp({
      ...anAppsOwn,
      call: aCall(),
      submissions: withRecords(createSubmissions(client), server.store.records, anAppsOwn.log),
      store: server.store,
      ...noWorkflows,
    });

    const answers = [await post(app, aRequest()), await app.request(pathOf(anId(1)))];

    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  });

  test('a gateway that started without Temporal works once it is there', async () => {
    const [host = '', port] = server.env.address.split(':');
    const relay = await aRelayTo(host, Number(port));
    const app = aGateway({ address: `127.0.0.1:${relay.port}` });
    expect((await post(app, aRequest())).status).toBe(503);
    await relay.mend();

    let code = 503;
    while (code === 503) code = (await post(app, aRequest(), { 'Idempotency-Key': 'patient' })).status;

    expect(code).toBe(202);
    await relay.cut();
  });
});

testThatHistoriesReplay(server, 10);
