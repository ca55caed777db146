import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Part } from '../../dev/parts.ts';
import { freePort } from '../../dev/ports.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { testKeys } from '../../dev/test-keys.ts';
import { down, up } from '../../process/health/condition.ts';
import { inTime } from '../../process/health/in-time.ts';
import { buildOf } from '../../temporal/bundle/build-of.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { connect } from '../../temporal/connect.ts';
import { lookAtTemporal } from '../../temporal/health/look-at-temporal.ts';
import { lookForWorkers } from '../../temporal/health/look-for-workers.ts';
import { workerHealth } from '../../temporal/health/worker-health.ts';
import { shared } from '../support/shared.ts';

let cli: string;
let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
let temporal: Part;
beforeAll(async () => {
  cli = await shared('temporalCli');
  stack = await createTemporaryStack(cli, new AbortController().signal);
  temporal = await stack.startTemporal();
});
afterAll(() => stack.stop());

/** Until it is as expected, or to show what it is instead. */
async function untilSeen(wanted: object, look: () => Promise<unknown>): Promise<unknown> {
  const isSeen = async () => JSON.stringify(await look()) === JSON.stringify(wanted);
  await vi.waitUntil(isSeen, { timeout: 20_000, interval: 200 }).catch(() => undefined);
  return look();
}

const pollersOf = async () => {
  const request = { namespace: 'default', taskQueue: { name: 'call-for-speakers' }, taskQueueType: 1 };
  return (await stack.client.connection.workflowService.describeTaskQueue(request)).pollers;
};

describe('on a server that answers', () => {
  test('Temporal is up, and nobody polls before there is a worker', async () => {
    const seen = [await lookAtTemporal(stack.client), await lookForWorkers(stack.client)];

    expect(seen).toEqual([up, down('nobody polls')]);
  });

  test('a namespace that it lacks is refused', async () => {
    const client = connect({
      connectionOptions: { address: stack.address },
      namespace: 'nowhere',
      payloadKeys: testKeys,
    });

    const seen = [await lookAtTemporal(client), await lookForWorkers(client)];

    expect(seen).toEqual([down('refused'), down('unknown')]);
    await client.connection.close();
  });

  test('a worker with a version counts while its version is current', async () => {
    const worker = await stack.startWorker(undefined, { WORKER_DEPLOYMENT: 'cfs' });
    const build = await buildOf(await findWorkflowBundle());
    const makeCurrent = async (...which: string[]) => {
      const command = ['worker', 'deployment', 'set-current-version', '--deployment-name', 'cfs', ...which];
      await promisify(execFile)(cli, [...command, '--yes', '--address', stack.address]);
    };
    await vi.waitUntil(async () => (await pollersOf()).length > 0, { timeout: 20_000 });

    const before = await lookForWorkers(stack.client);
    await makeCurrent('--build-id', build);
    const current = await untilSeen(up, () => lookForWorkers(stack.client));
    await makeCurrent('--unversioned');
    const after = await untilSeen(down('nobody polls'), () => lookForWorkers(stack.client));

    expect([before, current, after]).toEqual([down('nobody polls'), up, down('nobody polls')]);
    await worker.stop();
  });

  test('a worker polls: it says so itself on its port for operators, and names host and build', async () => {
    const port = await freePort();
    const worker = await stack.startWorker(undefined, { OPERATIONS_PORT: `${port}` });
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}/health/${path}`)).json();

    const seen = await untilSeen(up, () => lookForWorkers(stack.client));
    const own = await untilSeen({ status: 'up', temporal: up, worker: up, database: up }, () => ask('ready'));

    expect(seen).toEqual(up);
    expect(own).toEqual({ status: 'up', temporal: up, worker: up, database: up });
    expect(await ask('live')).toEqual({ status: 'up' });
    expect((await pollersOf()).map(({ identity }) => identity)).toContain(
      `${worker.pid}@${hostname()}, build ${await buildOf(await findWorkflowBundle())}`,
    );
    await worker.stop();
  });

  test('a poll of more than a minute ago is none: the server remembers workers that were killed', async () => {
    const inTwoMinutes = () => Date.now() + 120_000;

    expect((await pollersOf()).length).toBeGreaterThan(0);
    expect(await lookForWorkers(stack.client, inTwoMinutes)).toEqual(down('nobody polls'));
  });
});

describe('a worker process', () => {
  const running = { getState: () => 'RUNNING' as const };
  const isWell = { temporal: async () => up, database: async () => up };

  test.each(['INITIALIZED', 'DRAINING', 'STOPPED'] as const)(
    'with one worker %s is live, and not ready',
    async (state) => {
      const { isLive, readiness } = workerHealth({ workers: [running, { getState: () => state }], ...isWell });

      expect(isLive()).toBe(true);
      expect(await readiness()).toEqual({
        isReady: false,
        parts: { temporal: up, worker: down('not running'), database: up },
      });
    },
  );

  test('of which one worker has failed is not live', () => {
    const { isLive } = workerHealth({ workers: [running, { getState: () => 'FAILED' as const }], ...isWell });

    expect(isLive()).toBe(false);
  });

  test('is ready without the database, and not without Temporal', async () => {
    const away = async () => down('unreachable');
    const workers = [running, running];

    const [noDatabase, noTemporal] = [
      await workerHealth({ workers, ...isWell, database: away }).readiness(),
      await workerHealth({ workers, ...isWell, temporal: away }).readiness(),
    ];

    expect([noDatabase.isReady, noTemporal.isReady]).toEqual([true, false]);
  });
});

describe('when the server is gone', () => {
  test('Temporal is unreachable, and of the workers nothing is known', async () => {
    await temporal.stop();
    const client = connect({
      connectionOptions: { address: stack.address },
      namespace: 'default',
      payloadKeys: testKeys,
    });

    const seen = [await inTime(() => lookAtTemporal(client)), await inTime(() => lookForWorkers(client))];

    expect(seen).toEqual([down('unreachable'), down('unknown')]);
    await client.connection.close();
  });
});
