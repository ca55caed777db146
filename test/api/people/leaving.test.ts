import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { createApp } from '../../../api/app.ts';
import type { Access } from '../../../api/people/access.ts';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { decideUpdate } from '../../../contract/workflow/commands.ts';
import { freePort } from '../../../dev/ports.ts';
import { openStore } from '../../../store/store.ts';
import { giveCommand } from '../../../temporal/give-command.ts';
import { problemOf, problemType, statusOf } from '../../support/app.ts';
import { expectDocumented } from '../../support/documented.ts';
import { planted } from '../../support/fixtures.ts';
import { untilAvailable, useGateways } from '../../support/gateways.ts';
import { aPanelCall, attendance } from '../../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';
import { announce } from '../../support/use-people.ts';

const server = useDevServer();
const gateways = useGateways(server);
const { submitTo, poll, pathOf } = gateways;

type App = ReturnType<typeof createApp>;
type Submitted = Awaited<ReturnType<typeof submitTo>>;

/** By their names: those in capitals are organisers. */
const access: Access = (token) => {
  const [name = '', ...emails] = token.split('~');
  const role = name === name.toUpperCase() ? 'organiser' : 'reviewer';
  return name ? { name, role, emails: emails.map((email) => email.replace('-at-', '@')) } : undefined;
};

/** Without a last time to cancel, the workflow ends with the confirmation. */
const short = aPanelCall({}, { attendance });
const long = aPanelCall({}, { attendance: { ...attendance, cancelUntil: '2099-01-01T00:00:00Z' } });

const aGateway = (call = short) => gateways.aGateway({ call, access, isProved: true });

const ill = { attendance: 'canceled', reason: 'She is ill.' };

async function put(app: App, token: string, url: string, content: object, headers: Record<string, string> = {}) {
  const fields = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers };
  const response = await untilAvailable(() =>
    app.request(url, { method: 'PUT', headers: fields, body: JSON.stringify(content) }),
  );
  await expectDocumented('PUT', url, response.clone());
  return response;
}

const cancel = (app: App, person: string, { id }: { id: string }, headers: Record<string, string> = {}) =>
  put(app, person, `/api/organiser${pathOf(id).slice(4)}/attendance`, ill, headers);

const say = (app: App, { id, speakerToken }: Submitted, said: string, headers: Record<string, string> = {}) =>
  put(app, speakerToken, `${pathOf(id)}/attendance`, { attendance: said }, headers);

const ask = (app: App, path: string) =>
  app.request(`/api/organiser${path}`, { headers: { Authorization: 'Bearer OLGA' } });

const read = async (app: App, path: string) => JSON.parse(await (await ask(app, path)).text());

async function started(app: App, outcome: 'passed' | 'waitlisted') {
  const submitted = await submitTo(app);
  await poll(app, submitted.id, ({ stage }) => stage === 'selection');
  const decision = { by: 'OLGA', stage: 'selection' as const, outcome, override: true as const, reason: 'Yes.' };
  const decide = () => giveCommand(submitted.handle, decideUpdate, { args: [decision] });
  while ((await decide().catch(() => undefined)) === undefined) await delay(20);
  await announce(submitted.handle);
  await poll(app, submitted.id, ({ result }) => result !== undefined);
  return submitted;
}

async function confirmed(app: App, call: typeof short) {
  const submitted = await started(app, 'passed');
  await say(app, submitted, 'confirmed');
  if (call === short) await submitted.handle.result();
  return submitted;
}

const isCanceled = ({ result }: { result?: { attendance?: string | undefined } | undefined }) =>
  result?.attendance === 'canceled';

const isAccepted = ({ result }: { result?: { outcome: string } | undefined }) => result?.outcome === 'accepted';

async function auditOf(app: App, { id }: { id: string }) {
  const { items } = await read(app, '/audit');
  return items.filter(({ submission }: Record<string, string>) => submission === id);
}

/** Names of the messages to the speaker and the organisers. */
async function messagesOf(app: App, { id }: { id: string }): Promise<string[]> {
  const { items } = await read(app, '/messages');
  const own = items.filter(({ submission }: Record<string, string>) => submission === id);
  return own.map(({ release }: Record<string, string>) => release).sort();
}

describe('PUT /api/submissions/{id}/attendance, after a confirmation', () => {
  test('H14: cancels; all gateways agree, the outcome stays, the slot goes to the waiting list', async () => {
    const seen = await withWorker(server, async () => {
      const [app, other] = [aGateway(long), aGateway(long)];
      const waiting = await started(app, 'waitlisted');
      const mine = await started(app, 'passed');
      const early = await say(app, mine, 'canceled');
      await say(app, mine, 'confirmed');
      const withdrawn = await gateways.withdraw(app, mine);
      const before = await poll(other, mine.id, ({ result }) => result?.attendance === 'confirmed');
      const stale = await say(app, mine, 'canceled', { 'If-Match': '"another"' });
      const tag = before.headers.get('ETag') ?? '';
      const canceled = await say(app, mine, 'canceled', { 'If-Match': tag });
      const again = await say(other, mine, 'canceled', { 'If-Match': tag });
      const [here, there] = [await poll(app, mine.id, isCanceled), await poll(other, mine.id, isCanceled)];
      await mine.handle.result();
      await poll(app, waiting.id, isAccepted);
      const after = await say(app, mine, 'canceled');
      const refused = await say(app, mine, 'confirmed');
      return { before, early, withdrawn, stale, answers: [canceled, again, here, there, after], refused };
    });

    expect((await problemOf(seen.early)).type).toBe(problemType('not-confirmed'));
    expect((await problemOf(seen.withdrawn)).type).toBe(problemType('submission-concluded'));
    expect(seen.stale.status).toBe(412);
    const [first, ...others] = await Promise.all(seen.answers.map(statusOf));
    const { lastUpdatedAt } = first ?? {};
    const result = { outcome: 'accepted', attendance: 'canceled' };
    expect(first).toEqual({ ...(await statusOf(seen.before)), lastUpdatedAt, result });
    expect(others).toEqual(others.map(() => first));
    expect(await problemOf(seen.refused)).toMatchObject({
      type: problemType('attendance-answered'),
      attendance: 'canceled',
    });
  });

  test('is 409 where the call sets no last time for it', async () => {
    const refused = await withWorker(server, async () => {
      const app = aGateway();
      return say(app, await confirmed(app, short), 'canceled');
    });

    expect(await problemOf(refused)).toMatchObject({
      type: problemType('attendance-answered'),
      attendance: 'confirmed',
    });
  });
});

describe('PUT /api/organiser/submissions/{id}/attendance', () => {
  test.each([
    ['while its workflow is open', long],
    ['after its workflow has ended', short],
  ])('cancels once for a confirmed speaker %s, whoever asks how often', async (_, call) => {
    const seen = await withWorker(server, async () => {
      const app = aGateway(call);
      const [waiting, mine] = [await started(app, 'waitlisted'), await confirmed(app, call)];
      const path = `/submissions/${mine.id}`;
      const tag = (await ask(app, path)).headers.get('ETag') ?? '';
      const stale = await cancel(app, 'OLGA', mine, { 'If-Match': '"another"' });
      const both = await Promise.all(['OLGA', 'OTTO'].map((person) => cancel(app, person, mine, { 'If-Match': tag })));
      const polled = await poll(aGateway(call), mine.id, isCanceled);
      await mine.handle.result();
      await poll(app, waiting.id, isAccepted);
      const late = await cancel(app, 'OLGA', mine, { 'If-Match': tag });
      const view = await read(app, path);
      return { stale, both, polled, late, view, audit: await auditOf(app, mine), sent: await messagesOf(app, mine) };
    });

    const told = await statusOf(seen.polled);
    expect(seen.stale.status).toBe(412);
    expect(told).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'canceled' } });
    for (const answer of [...seen.both, seen.late]) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ attendance: 'canceled' });
    }
    expect(seen.view).toMatchObject({ outcome: 'accepted', attendance: 'canceled' });
    expect(seen.audit.map(({ command }: Record<string, string>) => command)).toEqual([
      ...['decide', 'announce', 'attendance', 'cancel'],
    ]);
    expect(seen.audit.at(-1)).toMatchObject({ by: expect.stringMatching(/^O/), reason: ill.reason });
    expect(seen.sent).toEqual(['accepted', 'canceled-by-organisers', 'canceled-for-speaker', 'confirmed']);
  });

  test('needs no worker after the end: the answer is kept, and every reader has it', async () => {
    const [app, mine] = await withWorker(server, async () => {
      const app = aGateway();
      return [app, await confirmed(app, short)];
    });

    const canceled = await cancel(app, 'OLGA', mine);
    const polled = await poll(aGateway(), mine.id, isCanceled);
    const recorded = await withWorker(server, async () => {
      await mine.handle.result();
      const id = parseSubmissionId(mine.id);
      return id && server.store.records.find(id);
    });

    const told = await statusOf(polled);
    expect(canceled.status).toBe(200);
    expect(recorded).toMatchObject({ kind: 'found', isOver: true, status: told });
  });

  test('says why not', async () => {
    const seen = await withWorker(server, async () => {
      const app = aGateway();
      const undecided = await submitTo(app);
      await poll(app, undecided.id, ({ stage }) => stage === 'selection');
      const mine = await started(app, 'passed');
      await say(app, mine, 'declined');
      await mine.handle.result();
      const url = `/api/organiser/submissions/${mine.id}/attendance`;
      return {
        undecided: await cancel(app, 'OLGA', undecided),
        declined: await cancel(app, 'OLGA', mine),
        conflict: await cancel(app, `OTTO~${planted.email.replace('@', '-at-')}`, mine),
        reviewer: await cancel(app, 'rita', mine),
        unreasoned: await put(app, 'OLGA', url, { attendance: 'canceled' }),
        unknown: await cancel(app, 'OLGA', { id: '0'.repeat(32) }),
      };
    });

    const codes = await Promise.all(Object.values(seen).map(problemOf));
    expect(codes.map(({ type, status }) => [status, type.replace(/^.*#/, '')])).toEqual([
      [409, 'not-accepted'],
      [409, 'attendance-answered'],
      [403, 'conflict-of-interest'],
      [401, 'unauthorized'],
      [422, 'invalid-command'],
      [404, 'not-found'],
    ]);
    expect(codes[1]).toMatchObject({ attendance: 'declined' });
  });

  test('H25: is 503 with the database down, and starts nothing', async () => {
    const mine = await withWorker(server, () => confirmed(aGateway(), short));
    const { runId } = await mine.handle.describe();
    const down = openStore(`postgres://nobody@127.0.0.1:${await freePort()}/nothing`, () => undefined);
    const app = gateways.aGateway({ call: short, access, store: down });

    const response = await app.request(`/api/organiser/submissions/${mine.id}/attendance`, {
      method: 'PUT',
      headers: { Authorization: 'Bearer OLGA', 'Content-Type': 'application/json' },
      body: JSON.stringify(ill),
    });

    await down.close();
    expect((await problemOf(response)).status).toBe(503);
    expect(await mine.handle.describe()).toMatchObject({ runId, status: { name: 'COMPLETED' } });
  });

  test('gives no slot on once the call is closed', async () => {
    const [canceled, slots] = await withWorker(server, async () => {
      const app = aGateway();
      const [open, ended] = [await confirmed(aGateway(long), long), await confirmed(app, short)];
      const line = { id: 'close-call:a', at: '2027-01-01T00:00:00.000Z', by: 'OLGA', command: 'close-call' };
      await server.store.audit.add(line);
      const canceled = [await cancel(app, 'OLGA', open), await cancel(app, 'OLGA', ended)];
      await Promise.all([open.handle.result(), ended.handle.result()]);
      const slots = await server.store.waitingList.freeSlots();
      return [canceled, slots.filter((id) => id === open.id || id === ended.id)];
    });

    expect(canceled.map(({ status }) => status)).toEqual([200, 200]);
    expect(slots).toEqual([]);
  });
});

testThatHistoriesReplay(server, 8);
