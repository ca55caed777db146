import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createParts } from '../../dev/parts.ts';
import { freePort } from '../../dev/ports.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { createHttpClient, type HttpClient } from '../measure/http-client.ts';
import type { Part } from '../measure/part.ts';
import { quantile } from '../measure/quantile.ts';
import { createBenchStack } from '../sides/bench-stack.ts';
import { postTalk } from '../sides/post-talk.ts';

const rounds = 5;

/** Milliseconds between two tries of a submit. */
const pause = 20;

export const start: Part = {
  name: 'start',
  title: 'From the start of the processes to their first work',

  async run({ program, stopping }) {
    const [stacks, workers]: [number[], number[]] = [[], []];
    const stack = await createBenchStack(program, stopping);
    try {
      await stack.startTemporal();
      // The first one makes what an installed stack has: the bundle of the workflows, and the schedule.
      for (let round = 0; round <= rounds; round += 1) {
        workers.push(await timeOf(async () => (await stack.startWorker()).stop));
        stacks.push(await timeOf(() => startInstalled(stack.folder, stack.talk)));
      }
    } finally {
      await stack.stop();
    }
    return {
      findings: [
        {
          what: 'an installed stack, from its start to the first 202',
          value: medianOf(stacks.slice(1)),
          unit: 'ms',
          goal: { at: 'most', value: 8_000 },
        },
        {
          what: 'a worker, from its start to its polls',
          value: medianOf(workers.slice(1)),
          unit: 'ms',
          goal: { at: 'most', value: 2_000 },
        },
      ],
    };
  },
};

/** @param start returns what stops it again */
async function timeOf(start: () => Promise<() => Promise<void>>): Promise<number> {
  const began = performance.now();
  const stop = await start();
  const time = performance.now() - began;
  await stop();
  return time;
}

async function startInstalled(logs: string, talk: string): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), `call-for-speakers-start-${process.pid}-`));
  const [port, temporalPort, uiPort] = [await freePort(), await freePort(), await freePort()];
  const ports = { PORT: String(port), TEMPORAL_PORT: String(temporalPort), TEMPORAL_UI_PORT: String(uiPort) };
  const parts = createParts();
  await parts.start({
    name: 'start',
    module: new URL('../../dev/start.ts', import.meta.url),
    env: { ...environment(), ...ports, DATA_DIR: dataDir, TEMPORAL_ADDRESS: '' },
    logFile: join(logs, 'start.log'),
  });
  const client = createHttpClient(`http://127.0.0.1:${port}`);
  while (!(await isTaken(client, talk))) await delay(pause);
  return async () => {
    client.close();
    await parts.stop();
    await rm(dataDir, { recursive: true });
  };
}

async function isTaken(client: HttpClient, talk: string): Promise<boolean> {
  return postTalk(client, talk).then(
    () => true,
    () => false,
  );
}

function medianOf(times: readonly number[]): number {
  return Math.round(
    quantile(
      times.toSorted((one, other) => one - other),
      0.5,
    ),
  );
}
