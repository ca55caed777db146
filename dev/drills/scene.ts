import { deepStrictEqual, fail } from 'node:assert';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { countLetters as countInOutbox } from '../cluster/letters.ts';
import { theCall } from '../histories/material.ts';
import type { Part } from '../parts.ts';
import { freePort } from '../ports.ts';
import { createTemporaryStack } from '../temporary-stack.ts';
import { until } from '../until.ts';
import { createAlertWatch } from './alert-watch.ts';
import type { DrillOptions } from './drill-type.ts';
import { panel } from './open-everywhere.ts';
import { openRestartDoor, type Restarts } from './restart-door.ts';
import { longestRepair, openRunbookPage } from './runbook-page.ts';
import { createTalks } from './talks.ts';

type Wishes = {
  /** Of the runbook. */
  page: string;
  /** URL of a PostgreSQL; the embedded database without. */
  database?: string;
  /** Environment of gateway and worker. */
  settings?: Record<string, string>;
  call?: object;
  /** Of mails, as the organiser of a service may know them; those in the outbox without. */
  countLetters?: (url: string, organiserToken: string) => (id: string, kind: string) => Promise<number>;
  /** Settings for a way to Temporal that is not the straight one. */
  through?: (temporalPort: number) => Promise<Record<string, string>>;
  /** What `restart` brings back besides `gateway`, `worker` and `temporal`. */
  restarts?: Restarts;
};

export type Scene = Awaited<ReturnType<typeof setScene>>;

/** A service of one gateway and one worker, with open submissions; and what the person on duty has at hand. */
export async function playScene(
  options: DrillOptions,
  wishes: Wishes,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const scene = await setScene(options, wishes);
  try {
    await Promise.race([scene.begin().then(() => play(scene)), scene.stack.died]);
    deepStrictEqual(scene.page.left(), [], 'each command of the page was run');
  } finally {
    await scene.close();
  }
}

async function setScene({ program, say, stopping }: DrillOptions, wishes: Wishes) {
  const { page: pageName, database = '', call = { ...theCall, ...panel }, restarts = {} } = wishes;
  const stack = await createTemporaryStack(program, stopping, database);
  const [port, gatewayPort, workerPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `http://127.0.0.1:${port}`;
  const targets = { gateway: [`127.0.0.1:${gatewayPort}`], worker: [`127.0.0.1:${workerPort}`] };
  const operations = `http://127.0.0.1:${gatewayPort}`;
  const settings: Record<string, string> = { ...wishes.settings };
  const parts: Partial<Record<'temporal' | 'worker' | 'gateway', Part>> = {};
  let organiserToken = '';

  const starts = {
    temporal: () => stack.startTemporal(),
    worker: (module?: URL) => stack.startWorker(module, { ...settings, OPERATIONS_PORT: String(workerPort) }),
    async gateway() {
      const own = { PORT: String(port), PUBLIC_URL: url, OPERATIONS_PORT: String(gatewayPort) };
      const gateway = await stack.startGateway(call, undefined, { ...settings, ...own });
      organiserToken = gateway.organiserToken;
      return gateway;
    },
  };

  /** @param module another build of the worker */
  async function restart(name: keyof typeof starts, module?: URL): Promise<Part> {
    await parts[name]?.stop();
    const part = await starts[name](module);
    parts[name] = part;
    return part;
  }

  const door = await openRestartDoor({
    temporal: () => restart('temporal'),
    worker: () => restart('worker'),
    gateway: () => restart('gateway'),
    ...restarts,
  });
  await restart('temporal');
  Object.assign(settings, await wishes.through?.(Number(new URL(`tcp://${stack.address}`).port)));
  await restart('gateway');
  const dataDir = settings.DATA_DIR ?? stack.folder;
  const outbox = join(dataDir, 'outbox');
  const countLetters =
    wishes.countLetters?.(url, organiserToken) ?? ((id: string, kind: string) => countInOutbox(outbox, id, kind));
  const proofTokenOf = (id: string) => stack.proofTokenOf(parseSubmissionId(id) ?? fail(`${id} is no id`));
  const talks = createTalks({ url, organiserToken, proofTokenOf, countLetters, stopping });
  const client = fileURLToPath(new URL('../../client/command/main.ts', import.meta.url));
  const programs = {
    temporal: program,
    'call-for-speakers': `'${process.execPath}' --import '${import.meta.resolve('tsx')}' '${client}'`,
    restart: door.command,
  };
  const page = await openRunbookPage(pageName, programs, {
    ...environment(),
    HOME: stack.folder,
    TEMPORAL_ADDRESS: settings.TEMPORAL_ADDRESS ?? stack.address,
    GATEWAY: url,
    OPERATIONS: operations,
    CFS_TOKEN: organiserToken,
    DATABASE_URL: database,
    DATA_DIR: dataDir,
  });
  const watch = await createAlertWatch({ targets, folder: stack.folder, stopping, say });

  return {
    ...{ stack, page, say, talks, url, parts, watch, settings, restart },

    until: (check: () => Promise<boolean>, what: string) =>
      until(check, what, { within: longestRepair, signal: stopping }),

    /** Two talks that wait for their panel. Their receipts have come: a mail that a dying worker was sending is parked. */
    async begin(): Promise<void> {
      await restart('worker');
      await talks.submit(2);
      await talks.untilJudged();
      await talks.untilReceived();
      say(`a gateway and a worker run; ${talks.ids.length} submissions wait for their panel`);
    },

    /** What the health of the gateway says, as the person on duty reads it. */
    async health(): Promise<string> {
      const response = await fetch(`${operations}/health/ready`);
      return `${response.status} ${await response.text()}`;
    },

    /** Of an organiser's list. */
    async listCode(): Promise<number> {
      const headers = { Authorization: `Bearer ${organiserToken}` };
      return (await fetch(`${url}/api/organiser/submissions`, { headers, signal: AbortSignal.timeout(10_000) })).status;
    },

    /** Times what the person on duty does. */
    async repair(act: () => Promise<unknown>): Promise<void> {
      const begun = performance.now();
      await act();
      say(`repaired ${((performance.now() - begun) / 1_000).toFixed(0)} s after the first command`);
    },

    async close(): Promise<void> {
      await watch.close();
      await door.close();
      await page.close();
      await stack.stop();
    },
  };
}
