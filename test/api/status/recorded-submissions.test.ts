import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { workflowIdOf } from '../../../contract/workflow/workflow-ids.ts';
import { freePort } from '../../../dev/ports.ts';
import { everything } from '../../../store/sight.ts';
import { openStore } from '../../../store/store.ts';
import { forgetWorkflow } from '../../../temporal/submissions/forget-workflow.ts';
import { post, problemOf, problemType, statusOf, submittedOf } from '../../support/app.ts';
import { aCall, anId, aRequest, aSlowCall } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { databases } from '../../support/stores.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';

const nowhere = async () => `127.0.0.1:${await freePort()}`;

describe.each(databases)('with records in the %s database', (kind) => {
  const server = useDevServer(kind);
  const { aGateway, submitTo, withdraw, untilTerminal, pathOf } = useGateways(server);

  /** One that has come to its end, with its record, and how it reads. */
  async function anEnded(key: string, content = aRequest()) {
    return withWorker(server, async () => {
      const app = aGateway();
      const submitted = await submitTo(app, content, { 'Idempotency-Key': key });
      await untilTerminal(app, submitted.id);
      await submitted.handle.result();
      return { ...submitted, body: await (await app.request(pathOf(submitted.id))).text() };
    });
  }

  /** As after its retention. */
  async function forget(id: string) {
    const known = parseSubmissionId(id);
    if (!known) throw new Error('no id');
    server.started.delete(workflowIdOf(known));
    await forgetWorkflow(server.env.client, workflowIdOf(known), AbortSignal.timeout(30_000));
  }

  /** The database as it is when nobody can reach it. */
  async function outOfReach() {
    return openStore(
      kind === 'PostgreSQL' ? `postgres://nobody@${await nowhere()}/nothing` : join(import.meta.filename, 'records.db'),
      () => undefined,
    );
  }

  test('H16: what is over is answered without Temporal, byte by byte as before', async () => {
    const { id, body } = await anEnded('without-Temporal');

    const response = await aGateway({ address: await nowhere() }).request(pathOf(id));

    expect(response.status).toBe(200);
    expect(await response.text()).toBe(body);
    expect(JSON.parse(body)).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
  });

  test('H16: what Temporal has forgotten is answered byte by byte as before', async () => {
    const { id, body } = await anEnded('past-its-retention');

    await forget(id);

    const response = await aGateway().request(pathOf(id));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(body);
  });

  test('H10: a retry finds what Temporal has forgotten, and starts nothing', async () => {
    const { id, body } = await anEnded('a-late-retry');
    await forget(id);
    const app = aGateway();

    const retry = await post(app, aRequest(), { 'Idempotency-Key': 'a-late-retry' });
    const other = await post(app, aRequest({ title: 'Another talk' }), { 'Idempotency-Key': 'a-late-retry' });

    expect(retry.status).toBe(202);
    expect(await submittedOf(retry)).toEqual(JSON.parse(body));
    expect(await problemOf(other)).toMatchObject({ type: problemType('idempotency-key-reused'), status: 422 });
    await expect(server.env.client.workflow.getHandle(`submission-${id}`).describe()).rejects.toThrow();
  });

  test('H10: so does a retry that the call would no longer take', async () => {
    const { id } = await anEnded('a-retry-after-the-call');
    await forget(id);
    const app = aGateway({ call: aSlowCall('1h', { closes: '2021-01-01T00:00:00Z' }) });

    const retry = await post(app, aRequest(), { 'Idempotency-Key': 'a-retry-after-the-call' });

    expect(await submittedOf(retry)).toMatchObject({ id, status: 'Succeeded' });
  });

  test('H22: what is over is not withdrawn, also without Temporal', async () => {
    const ended = await anEnded('too-late-to-withdraw');
    const app = aGateway({ address: await nowhere() });

    const refused = await withdraw(app, ended);

    expect(await problemOf(refused)).toMatchObject({ type: problemType('submission-concluded'), status: 409 });
    expect(await (await app.request(pathOf(ended.id))).text()).toBe(ended.body);
  });

  test('H22: a withdrawal is on record as one, and can be said again when Temporal has forgotten it', async () => {
    const app = aGateway({ call: aSlowCall('1h') });
    const submitted = await withWorker(server, async () => {
      const submitted = await submitTo(app);
      await withdraw(app, submitted);
      await submitted.handle.result();
      return submitted;
    });
    await forget(submitted.id);

    const again = await withdraw(aGateway(), submitted);

    expect(again.status).toBe(202);
    expect(await statusOf(again)).toMatchObject({ status: 'Canceled' });
  });

  test('H16: without the database, what runs and what is over are answered by Temporal', async () => {
    const { id, body } = await anEnded('without-the-database');
    const store = await outOfReach();
    const app = aGateway({ store });

    const submitted = await submittedOf(
      await post(app, aRequest(), { 'Idempotency-Key': `submitted-without-${kind}` }),
    );
    server.started.add(`submission-${submitted.id}`);

    expect((await app.request(pathOf(submitted.id))).status).toBe(202);
    const ended = await app.request(pathOf(id));
    expect([ended.status, await ended.text()]).toEqual([200, body]);
  });

  test('H2, H16: what is not over is not answered from its record, which may lag behind', async () => {
    const call = aCall({ disclosure: 'until-announced', announcement: '2099-01-01T00:00:00Z' });
    const { id } = await withWorker(server, async () => {
      const submitted = await submitTo(aGateway({ call }));
      while ((await server.store.list.page({ verdict: 'passed' }, 1, everything)).items[0]?.state.id !== submitted.id)
        await turn();
      return submitted;
    });

    const answers = [
      await aGateway().request(pathOf(id)),
      await aGateway({ address: await nowhere() }).request(pathOf(id)),
    ];

    expect(answers.map(({ status }) => status)).toEqual([202, 503]);
  });

  test('H15: it takes both to say that there is no such submission', async () => {
    const without = { store: await outOfReach() };

    const known = await aGateway().request(pathOf(anId(404)));
    const unsure = await aGateway(without).request(pathOf(anId(404)));

    expect(known.status).toBe(404);
    expect(unsure.status).toBe(503);
  });

  test('H16: without both it is 503', async () => {
    const app = aGateway({ store: await outOfReach(), address: await nowhere() });

    const answers = [await app.request(pathOf(anId(404))), await post(app, aRequest())];

    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  });

  testThatHistoriesReplay(server, 2);
});
