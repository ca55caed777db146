import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { waitForResult } from '../../client/index.ts';
import { freePort } from '../../dev/ports.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { startBalancer } from '../support/balancer.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { shared } from '../support/shared.ts';
import '../support/quiet-sdk.ts';

let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
});
afterAll(() => stack.stop());

/** Each submits, and polls, whenever the answer before has come, and so many milliseconds later: as fast as a machine can. */
const [clients, pause] = [3, 400];

const drain = { DRAIN_SECONDS: '2' };

/** Submits and polls until it is stopped; whatever isn't a good answer is kept. */
function putLoadOn(url: string) {
  const stopping = new AbortController();
  const locations: string[] = [];
  const bad: string[] = [];

  async function ask(path: string, init?: RequestInit): Promise<void> {
    try {
      const response = await fetch(new URL(path, url), init);
      const body = await response.text();
      if (response.status !== 202 && response.status !== 200) bad.push(`${response.status}: ${body}`);
      if (init) locations.push(new URL(response.headers.get('Location') ?? '').pathname);
    } catch (error) {
      bad.push(String(error));
    }
  }
  async function run(once: () => Promise<unknown>): Promise<void> {
    while (!stopping.signal.aborted) {
      await once();
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  let speakers = 0;
  const headers = { 'Content-Type': 'application/json' };
  const submit = () => {
    speakers += 1;
    const body = JSON.stringify(aRequest({ speaker: { name: 'Ada', email: `ada-${speakers}@example.org` } }));
    return ask('/api/submissions', { method: 'POST', headers, body });
  };
  const poll = async () => {
    const last = locations.at(-1);
    if (last) await Promise.all([ask(last), ask(locations[Math.floor(Math.random() * locations.length)] ?? last)]);
  };
  const asking = Array.from({ length: clients }, () => [run(submit), run(poll)]).flat();
  return {
    locations,
    async stop(): Promise<{ locations: string[]; bad: string[] }> {
      stopping.abort();
      await Promise.all(asking);
      return { locations, bad };
    },
  };
}

const startWorkers = (count: number) => Promise.all(Array.from({ length: count }, () => stack.startWorker()));

async function expectAllAccepted(url: string, locations: readonly string[]) {
  const results = await Promise.all(locations.map((path) => waitForResult(new URL(path, url))));
  expect(results.map(({ result }) => result?.outcome)).toEqual(locations.map(() => 'accepted'));
  expect(new Set(results.map(({ id }) => id)).size).toBe(locations.length);
}

describe('two gateways and two workers, under load', () => {
  test('each is restarted in turn: no request fails, and no submission loses a stage', async () => {
    const ports = [`${await freePort()}`, `${await freePort()}`];
    const startGateway = (PORT = '') => stack.startGateway(callFile, undefined, { ...drain, PORT });
    let gateways = await Promise.all(ports.map(startGateway));
    let workers = await startWorkers(2);
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    const balancer = await startBalancer(urls);
    const load = putLoadOn(balancer.url);

    for (const [index, port] of ports.entries()) {
      await gateways[index]?.stop();
      gateways = gateways.with(index, await startGateway(port));
      await vi.waitUntil(() => balancer.isReady(urls[index] ?? ''), { timeout: 20_000 });
    }
    for (const index of [0, 1]) {
      await workers[index]?.stop();
      workers = workers.with(index, await stack.startWorker());
    }
    const { locations, bad } = await load.stop();

    expect(bad).toEqual([]);
    expect(locations.length).toBeGreaterThan(50);
    await expectAllAccepted(balancer.url, locations);
    await balancer.close();
    await Promise.all([...gateways, ...workers].map((part) => part.stop()));
  });

  test('all workers are killed: submits and polls go on, and what was received is processed by the next ones', async () => {
    const gateway = await stack.startGateway(callFile);
    const workers = await startWorkers(2);
    const load = putLoadOn(gateway.url);
    await vi.waitUntil(() => load.locations.length > 5, { timeout: 20_000 });

    for (const { pid } of workers) process.kill(pid, 'SIGKILL');
    await Promise.all(workers.map(({ exited }) => exited));
    const before = load.locations.length;
    await vi.waitUntil(() => load.locations.length > before + 10, { timeout: 20_000 });
    const worker = await stack.startWorker();
    const { locations, bad } = await load.stop();

    expect(bad).toEqual([]);
    await expectAllAccepted(gateway.url, locations);
    await Promise.all([worker.stop(), gateway.stop()]);
  });

  test('one of three workers is killed and started anew, again and again: no submission is lost', async () => {
    const gateway = await stack.startGateway(callFile);
    let workers = await startWorkers(3);
    const load = putLoadOn(gateway.url);

    for (const index of [0, 1, 2]) {
      const before = load.locations.length;
      await vi.waitUntil(() => load.locations.length > before + 5, { timeout: 20_000 });
      const killed = workers[index];
      if (killed) process.kill(killed.pid, 'SIGKILL');
      await killed?.exited;
      workers = workers.with(index, await stack.startWorker());
    }
    const { locations, bad } = await load.stop();

    expect(bad).toEqual([]);
    await expectAllAccepted(gateway.url, locations);
    await Promise.all([...workers.map((worker) => worker.stop()), gateway.stop()]);
  });

  test('the histories of all this replay', async () => {
    await expectReplay(await allHistories(stack.client), 100);
  });
});
