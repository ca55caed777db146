import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { deliveryIdOf } from '../../../contract/workflow/deliveries.ts';
import { reconciliation, taskQueue } from '../../../contract/workflow/workflow-ids.ts';
import { freePort } from '../../../dev/ports.ts';
import { wakeDelivery } from '../../../temporal/workflows/wake-delivery.ts';
import { post, problemOf, problemType, statusOf } from '../../support/app.ts';
import { anId, aRequest, aRequestToReject, aSlowCall, messageIdIn, planted, tokens } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { aPanelCall, attendance } from '../../support/people.ts';
import { resetToFirstTask } from '../../support/reset.ts';
import { databases } from '../../support/stores.ts';
import { useDevServer, withWorker } from '../../support/temporal.ts';

const words = ['planted-title', 'planted-description', ...Object.values(planted), 'planted-co-speaker'];
const aPlantedRequest = (more: string) =>
  aRequest({
    title: `planted-title ${more}`,
    description: `planted-description ${more}: enough words for a committee to judge by, and a little more than that.`,
    coSpeakers: [{ name: 'planted-co-speaker', email: `co-${planted.email}` }],
  });

/** Which of the words are in any of the texts. */
const foundIn = (texts: readonly string[]) => words.filter((word) => texts.some((text) => text.includes(word)));

/** All that the embedded database has on the disk. */
async function filesOf(location: string): Promise<string[]> {
  const folder = dirname(location);
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
}

/** All rows of all tables. */
async function rowsOf(location: string): Promise<string[]> {
  const client = new Client({ connectionString: location });
  await client.connect();
  const { rows } = await client.query<{ tablename: string }>(
    "select tablename from pg_tables where schemaname = 'public'",
  );
  const texts: string[] = [];
  for (const { tablename } of rows) texts.push(JSON.stringify((await client.query(`select * from ${tablename}`)).rows));
  await client.end();
  return texts;
}

/** All texts in a value, however deep, and what its bytes would be as texts. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('latin1')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe.each(databases)('DELETE /api/organiser/submissions/{id}, with the %s database', (kind) => {
  // In clear, since a scan finds nothing of what is encrypted, erased or not.
  const server = useDevServer(kind, ['off']);
  const { aGateway, submitTo, withdraw, poll, pathOf } = useGateways(server);
  type App = ReturnType<typeof aGateway>;

  const erase = async (app: App, id: string) =>
    app.request(`/api/organiser/submissions/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${tokens.organiser}` },
    });

  const stored = () => (kind === 'PostgreSQL' ? rowsOf : filesOf)(server.location);

  /** What Temporal shows of all workflows: ids, memo, search attributes, histories. */
  async function inTemporal(): Promise<string[]> {
    const texts: string[] = [];
    for await (const info of server.env.client.workflow.list()) {
      const history = await server.env.client.workflow.getHandle(info.workflowId, info.runId).fetchHistory();
      texts.push(
        info.workflowId,
        JSON.stringify(info.memo),
        JSON.stringify(info.searchAttributes),
        ...textsIn(history),
      );
    }
    return texts;
  }

  /** Temporal forgets a little later. */
  async function untilForgotten() {
    while ((await server.store.erasures.unfinished()).length > 0) await reconcileOnce();
  }

  const reconcileOnce = () =>
    server.env.client.workflow.execute(reconciliation, {
      taskQueue,
      workflowId: `${reconciliation}-${crypto.randomUUID()}`,
    });

  test('leaves nothing of what is over, nor of what runs: in no file, table, history, memo or search attribute', async () => {
    const app = aGateway();
    await withWorker(server, async () => {
      const over = await submitTo(app, aPlantedRequest('over'));
      const running = await submitTo(aGateway({ call: aSlowCall('1h') }), aPlantedRequest('running'));
      await over.handle.result();
      // The scan itself has to find what is there.
      expect(foundIn(await stored())).toEqual(words);
      expect(foundIn(await inTemporal())).toEqual(words);

      const answers = [await erase(app, over.id), await erase(app, running.id)];
      await untilForgotten();

      for (const { status } of answers) expect([200, 202]).toContain(status);
      expect(foundIn(await stored())).toEqual([]);
      expect(foundIn(await inTemporal())).toEqual([]);
      const left = (await inTemporal()).join('\n');
      for (const { id } of [over, running]) expect(left).not.toContain(id);
      for (const { id } of [over, running]) expect((await stored()).some((text) => text.includes(id))).toBe(true);
    });
  });

  test('H15: is 410 from then on, for whoever asks, whatever is asked', async () => {
    const app = aGateway();
    await withWorker(server, async () => {
      const key = { 'Idempotency-Key': 'erased' };
      const submitted = await submitTo(app, aPlantedRequest('gone'), key);
      await submitted.handle.result();

      await erase(app, submitted.id);

      const answers = [
        await app.request(pathOf(submitted.id)),
        await aGateway().request(pathOf(submitted.id)),
        await withdraw(app, submitted),
        await post(app, aPlantedRequest('gone'), key),
        await post(app, aPlantedRequest('another'), key),
      ];
      for (const answer of answers)
        expect(await problemOf(answer)).toMatchObject({ type: problemType('erased'), status: 410 });
      await untilForgotten();
      expect(foundIn(await inTemporal())).toEqual([]);
      expect((await post(app, aPlantedRequest('gone'), key)).status).toBe(410);
    });
  });

  test('is not undone by an activity that was under way', async () => {
    let release: () => void = () => undefined;
    const erased = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun: () => void = () => undefined;
    const isUnderWay = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const app = aGateway();
    const moderate: typeof server.activities.moderate = async (...args) => {
      begun();
      await erased;
      return server.activities.moderate(...args);
    };

    await withWorker(
      server,
      async () => {
        const { id } = await submitTo(app, aPlantedRequest('under way'));
        await isUnderWay;
        await erase(app, id);
        release();
        await untilForgotten();

        expect((await aGateway().request(pathOf(id))).status).toBe(410);
      },
      { activities: { moderate } },
    );

    expect(foundIn(await stored())).toEqual([]);
  });

  test('takes the messages with it, one that was set off at the same moment as well', async () => {
    const app = aGateway({ isProved: true });
    await withWorker(server, async () => {
      const { id, handle } = await submitTo(app, aPlantedRequest('messages'));
      await handle.result();
      const about = parseSubmissionId(id) ?? anId(0);
      const delivered = server.env.client.workflow.getHandle(deliveryIdOf(about));
      await wakeDelivery(server.env.client, about);
      await delivered.result();
      expect(await server.store.messages.find(messageIdIn(`${id}.accepted.email`))).toMatchObject({ state: 'sent' });

      const answer = await erase(app, id);
      await untilForgotten();
      const isGone = delivered.describe();
      await expect(isGone).rejects.toThrow('not found');
      // Whoever has read the ledger before the erasure starts it after.
      await wakeDelivery(server.env.client, about);
      await delivered.result();
      const isThere = () =>
        delivered.describe().then(
          () => true,
          () => false,
        );
      while (await isThere()) await reconcileOnce();

      expect([200, 202]).toContain(answer.status);
      await expect(delivered.describe()).rejects.toThrow('not found');
    });
  });

  test.each(['the first', 'the last'])('takes what goes on from one another, asked for by %s', async (asked) => {
    const app = aGateway();
    await withWorker(server, async () => {
      const first = await submitTo(app, { ...aRequestToReject(), title: 'planted-title reopened' });
      await first.handle.result();
      const answer = await app.request(`/api/organiser/submissions/${first.id}/reopening`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ reason: 'A mistake.' }),
      });
      const { id: last } = JSON.parse(await answer.text());
      await poll(app, last, ({ stage }) => stage === 'selection');
      while ((await server.store.records.find(last)).kind !== 'found') await turn();

      const erased = await erase(app, asked === 'the first' ? first.id : last);
      await untilForgotten();

      expect([200, 202]).toContain(erased.status);
      for (const id of [first.id, last]) expect((await app.request(pathOf(id))).status).toBe(410);
      expect(foundIn(await inTemporal())).toEqual([]);
      expect(foundIn(await stored())).toEqual([]);
    });
  });

  test('of an acceptance leaves its place to the first on the waiting list, and to nobody else', async () => {
    const app = aGateway({ call: aPanelCall({}, { attendance }) });
    // Those of the tests before.
    await server.store.waitingList.drop();
    await withWorker(server, async () => {
      const decide = async (decision: object) => {
        const submitted = await submitTo(app, aPlantedRequest('in a panel'));
        await poll(app, submitted.id, ({ stage }) => stage === 'selection');
        const [path, reason] = [`/${submitted.id}/decision`, 'The printer waits.'];
        const content = { stage: 'selection', override: true, reason, ...decision };
        while ((await command('PUT', `/submissions${path}`, content)).status !== 200) await turn();
        return submitted;
      };
      const command = async (method: string, path: string, content: object) =>
        app.request(`/api/organiser${path}`, {
          method,
          headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
          body: JSON.stringify(content),
        });
      const accepted = await decide({ outcome: 'passed' });
      const second = await decide({ outcome: 'waitlisted', rank: 2 });
      const first = await decide({ outcome: 'waitlisted', rank: 1 });
      const submissions = [accepted.id, first.id, second.id];
      await command('POST', '/announcements', { submissions });
      await poll(app, second.id, ({ result }) => result?.outcome === 'waitlisted');
      await poll(app, first.id, ({ result }) => result?.outcome === 'waitlisted');
      await poll(app, accepted.id, ({ result }) => result?.outcome === 'accepted');
      while ((await server.store.waitingList.submissions()).length < 2) await turn();

      await erase(app, accepted.id);
      await untilForgotten();
      while ((await server.store.waitingList.freeSlots()).length > 0) await reconcileOnce();
      await reconcileOnce();

      const promoted = await statusOf(await poll(app, first.id, ({ result }) => result?.outcome === 'accepted'));
      expect(promoted.result).toEqual({ outcome: 'accepted', attendance: 'awaited' });
      expect(await server.store.waitingList.submissions()).toEqual([second.id]);
      for (const { id } of [first, second]) await erase(app, id);
      await untilForgotten();
    });
  });

  test('takes what came before a reset as well', async () => {
    const app = aGateway();
    await withWorker(server, async () => {
      const { id, handle } = await submitTo(app, aPlantedRequest('reset'));
      await handle.result();
      const { runId } = await handle.describe();
      await resetToFirstTask(server, handle);
      await handle.result();

      await erase(app, id);
      await untilForgotten();

      expect(foundIn(await inTemporal())).toEqual([]);
      await expect(server.env.client.workflow.getHandle(handle.workflowId, runId).describe()).rejects.toThrow();
    });
  });

  test('can be repeated; what was never there is not erased', async () => {
    const app = aGateway();
    const { id } = await submitTo(app, aPlantedRequest('twice'));

    const answers = [await erase(app, id), await erase(app, id), await erase(app, anId(404)), await erase(app, 'x')];

    expect(answers.map(({ status }) => status).map((status) => (status === 202 ? 200 : status))).toEqual([
      200, 200, 404, 404,
    ]);
    expect(await server.store.records.find(anId(404))).toEqual({ kind: 'unknown' });
  });

  test('with Temporal out of reach is taken all the same, and done there later', async () => {
    const id = await withWorker(server, async () => {
      const { id, handle } = await submitTo(aGateway(), aPlantedRequest('later'));
      await handle.result();
      return id;
    });
    const app = aGateway({ address: `127.0.0.1:${await freePort()}` });

    const answer = await erase(app, id);

    expect([answer.status, (await app.request(pathOf(id))).status]).toEqual([202, 410]);
    expect(await server.store.erasures.unfinished()).toEqual([parseSubmissionId(id)]);
    await withWorker(server, untilForgotten);
    expect(foundIn(await inTemporal())).toEqual([]);
  });
});
