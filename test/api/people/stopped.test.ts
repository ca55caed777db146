import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { awaitsAttribute } from '../../../contract/workflow/search-attributes.ts';
import { taskQueue, workflowIdOf, workflowType } from '../../../contract/workflow/workflow-ids.ts';
import { problemOf, statusOf } from '../../support/app.ts';
import { anId, anInput } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { accept, accessByName, as, inPanel, jsonOf, untilOver } from '../../support/organisers.ts';
import { aPanelCall, scores } from '../../support/people.ts';
import { aRecord, aVerdict, aWriter } from '../../support/records.ts';
import { useDevServer, withWorker } from '../../support/temporal.ts';

const server = useDevServer();
const gateways = useGateways(server);
const { poll, submitTo, pathOf } = gateways;

const aGateway = (change: object = {}) =>
  gateways.aGateway({ call: aPanelCall({}, { ...change }), access: accessByName });
type App = ReturnType<typeof aGateway>;

const locationOf = ({ headers }: Response) => headers.get('Location');
const codeOf = async (answer: Promise<Response>) => {
  const { status, type } = await problemOf(await answer);
  return `${status} ${type.split('#')[1]}`;
};

/** The tasks of its workflow fail; it is decided, by its record and by Temporal. */
async function aStuckOne(seed: number): Promise<string> {
  const id = anId(seed);
  const input = anInput({ id });
  const decided = { stage: 'selection' as const, revision: 3, verdicts: [aVerdict('selection')] };
  await server.store.records.keep(aRecord(seed, decided), [], aWriter);
  await server.env.client.workflow.start(workflowType, {
    ...{ args: [{ ...input, rules: { ...input.rules, stages: [] } }], taskQueue, workflowId: workflowIdOf(id) },
    typedSearchAttributes: new TypedSearchAttributes([{ key: awaitsAttribute, value: 'announcement' }]),
  });
  return id;
}

test('announcing and closing go on past a submission whose task fails, name it, and are not done', async () => {
  const seen = await withWorker(server, async () => {
    const app = aGateway();
    const stuck = await aStuckOne(1);
    const [one, other] = [await inPanel(gateways, app), await inPanel(gateways, app)];
    await as(app, 'OLGA', 'PUT', `${one.path}/decision`, accept);
    const announced = await as(app, 'OLGA', 'POST', '/announcements', { filter: {} });
    await poll(app, one.id, ({ status }) => status === 'Succeeded');
    // Meanwhile the announcement comes back to the one that is stuck.
    const closed = aGateway({ opens: '2020-01-01T00:00:00Z', closes: '2020-02-01T00:00:00Z' });
    const closing = await as(closed, 'OLGA', 'POST', '/closings', { force: true, reason: 'It is late.' });
    const ends = [await untilOver(app, locationOf(announced)), await untilOver(closed, locationOf(closing))];
    const rejected = await statusOf(await poll(app, other.id, ({ status }) => status === 'Succeeded'));
    const audit = await jsonOf(as(app, 'OLGA', 'GET', '/audit'));
    await server.env.client.workflow.getHandle(workflowIdOf(anId(1))).terminate();
    const again = await untilOver(closed, locationOf(await as(closed, 'OLGA', 'POST', '/closings', {})));
    return { stuck, one, ends, rejected, audit, again };
  });

  const [announcement, closing] = seen.ends;
  const error = { code: 'some-stuck', message: expect.any(String), submissions: [seen.stuck] };
  const end = { status: 'Failed', progress: { completed: 1, total: 2 }, result: { done: 1, skipped: 0 } };
  expect(announcement).toMatchObject({ ...end, error });
  expect(closing).toMatchObject({ ...end, error });
  expect(seen.rejected.result).toEqual({ outcome: 'rejected' });
  const left = seen.audit.items.filter(({ command }: { command: string }) => command === 'leave-stuck');
  expect(left.map(({ submission }: { submission: string }) => submission)).toEqual([seen.stuck, seen.stuck]);
  expect(seen.again).toMatchObject({ status: 'Succeeded' });
});

test('an announcement of all has what was decided a moment ago, whatever is on record', async () => {
  let isAway = true;
  const unlessAway = async <Value>(write: () => Promise<Value>) => {
    if (isAway) throw new Error('The database is away.');
    return write();
  };
  const { record, recordFromWorkflow } = server.activities;
  const late = {
    record: (...given: Parameters<typeof record>) => unlessAway(() => record(...given)),
    recordFromWorkflow: (...given: Parameters<typeof recordFromWorkflow>) =>
      unlessAway(() => recordFromWorkflow(...given)),
  };

  const [announced, outcome] = await withWorker(
    server,
    async () => {
      const app = aGateway();
      const { id, path } = await inPanel(gateways, app);
      await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      const announced = await as(app, 'OLGA', 'POST', '/announcements', { filter: { verdict: 'passed' } });
      const operation = await untilOver(app, locationOf(announced));
      isAway = false;
      return [operation, await statusOf(await poll(app, id, ({ status }) => status === 'Succeeded'))];
    },
    { activities: late },
  );

  expect(announced).toMatchObject({ status: 'Succeeded', result: { done: 1, skipped: 0 } });
  expect(outcome.result).toEqual({ outcome: 'accepted' });
});

describe('a submission that an operator has ended', () => {
  /** All that an organiser may do with it, before the reconciler comes. */
  async function answersFor(app: App, id: string) {
    const path = `/submissions/${id}`;
    const read = await as(app, 'OLGA', 'GET', path);
    const commands = [
      await codeOf(as(app, 'OLGA', 'PUT', `${path}/decision`, accept)),
      await codeOf(as(app, 'OLGA', 'PUT', `${path}/review`, { scores })),
      await codeOf(as(app, 'OLGA', 'PUT', `${path}/deadline`, { due: '2098-01-01T00:00:00Z' })),
      await codeOf(as(app, 'OLGA', 'PUT', `${path}/conflict`, { reason: 'A friend.' })),
    ];
    const submissions = { submissions: [id] };
    const announced = await untilOver(app, locationOf(await as(app, 'OLGA', 'POST', '/announcements', submissions)));
    return { read, commands, announced };
  }

  test.each([
    ['terminated', (handle: WorkflowHandle) => handle.terminate('by an operator')],
    ['cancelled', (handle: WorkflowHandle) => handle.cancel()],
  ])('by being %s is read as over, and takes no command', async (_, end) => {
    const { read, commands, announced, status } = await withWorker(server, async () => {
      const app = aGateway();
      const { id, handle } = await inPanel(gateways, app);
      await end(handle);
      while ((await handle.describe()).status.name === 'RUNNING') await delay(20);
      return { ...(await answersFor(app, id)), status: await statusOf(await app.request(pathOf(id))) };
    });

    expect([read.status, await jsonOf(read)]).toMatchObject([200, { id: status.id, stage: status.stage }]);
    expect(commands).toEqual(Array(4).fill('409 submission-concluded'));
    expect(announced).toMatchObject({ status: 'Succeeded', result: { done: 0, skipped: 1 } });
  });

  test('before a worker has seen it is read as over, and takes no command', async () => {
    const app = aGateway();
    const { id, handle } = await submitTo(app);
    await handle.terminate('by an operator');

    const { read, commands, announced } = await withWorker(server, () => answersFor(app, id));

    expect(read.status).toBe(200);
    expect(commands).toEqual(Array(4).fill('409 submission-concluded'));
    expect(announced).toMatchObject({ status: 'Succeeded', result: { done: 0, skipped: 1 } });
  });
});
