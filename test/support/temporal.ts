import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowClient } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';
import { getCurrentTest } from 'vitest/suite';
import { createActivities } from '../../activities/index.ts';
import { waitingStates } from '../../contract/mail/message.ts';
import { deliveryIdOf, messagesQueue } from '../../contract/workflow/deliveries.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { testKeys } from '../../dev/test-keys.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import type { PayloadKeys } from '../../process/settings/payload-keys.ts';
import { everything } from '../../store/sight.ts';
import type { Store } from '../../store/store.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { createDataConverter, createWorkerDataConverter } from '../../temporal/codec/data-converter.ts';
import { registerAttributes } from '../../temporal/namespace/register-attributes.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { expectReplay, historiesOf } from './histories.ts';
import './quiet-sdk.ts';
import { aNamespace, shared } from './shared.ts';
import { useStore } from './stores.ts';

// The SDK waits 5 s for a server; on a busy machine that is not always enough.
const startAttempts = 3;

const clientOf = (payloadKeys: PayloadKeys) => ({ dataConverter: createDataConverter(payloadKeys) });

/** As in production, everything is encrypted. */
const client = clientOf(testKeys);

/**
 * A namespace for one test file, on a Temporal development server that all such files share. The last test of the file
 * replays every history that it made, against the workflow code as it is now.
 */
export function useDevServer(database?: string, payloadKeys: PayloadKeys = testKeys) {
  return useServer(
    async () =>
      TestWorkflowEnvironment.createFromExistingServer({ ...(await aNamespace()), client: clientOf(payloadKeys) }),
    database,
    payloadKeys,
  );
}

/**
 * The same with a clock that skips the time in which nothing happens. It is one clock for the whole server, so the file
 * has one of its own.
 */
export function useTimeSkippingServer() {
  return useServer(async () => {
    const path = await shared('temporalTestServer');
    const env = await retry(() =>
      TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } }, client }),
    );
    await registerAttributes({ connection: env.connection, namespace: 'default' });
    keepTime(env.client.workflow);
    return env;
  });
}

/**
 * Time is skipped by `env.sleep` alone. While a result is awaited, the server would skip years between the scheduling of an
 * activity and its start, where that is on the task queue of another worker.
 */
function keepTime(client: WorkflowClient): void {
  client.result = WorkflowClient.prototype.result;
}

/** A development server of the file's own, with limits of its own. */
export function useDevServerWith(limits: Record<string, number>) {
  return useServer(async () => {
    const path = await shared('temporalCli');
    const extraArgs = Object.entries(limits).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]);
    const executable = { type: 'existing-path', path } as const;
    const env = await retry(() => TestWorkflowEnvironment.createLocal({ server: { executable, extraArgs }, client }));
    await registerAttributes({ connection: env.connection, namespace: 'default' });
    return env;
  });
}

export type Server = {
  readonly env: TestWorkflowEnvironment;
  readonly started: Set<string>;
  /** Of the worker, and of the gateways. */
  readonly store: Store;
  /** Of their database. */
  readonly location: string;
  /** Of all that speaks to it. */
  readonly payloadKeys: PayloadKeys;
  /** Those of the service. */
  readonly activities: ReturnType<typeof createActivities>;
  /** Folder of the messages that the service sends. */
  readonly outbox: string;
};

function useServer(
  create: () => Promise<TestWorkflowEnvironment>,
  database?: string,
  payloadKeys: PayloadKeys = testKeys,
): Server {
  const records = useStore(database);
  let env: TestWorkflowEnvironment | undefined;
  const started = new Set<string>();
  let outbox = '';

  beforeAll(async () => {
    outbox = await mkdtemp(join(tmpdir(), 'call-for-speakers-outbox-'));
    env = await create();
  });
  afterAll(async () => {
    await env?.teardown();
    await rm(outbox, { recursive: true });
  });

  return {
    get env() {
      if (!env) throw new Error('the server is there from beforeAll on');
      return env;
    },
    started,
    payloadKeys,
    get store() {
      return records.store;
    },
    get location() {
      return records.location;
    },
    get activities() {
      const sender = createMessageSender({ outbox, linkOf });
      const [{ store }, workflows] = [records, createWorkflows(this.env.client)];
      return createActivities({ store, workflows, sender, now: () => this.env.currentTimeMs() });
    },
    get outbox() {
      return outbox;
    },
  };
}

/** The page of a submission, with the access to it. */
const linkOf = (id: string) => `https://cfs.example.org/submissions/${id}#token`;

/**
 * Runs a worker while the function runs. It is the worker of the service, but for what `options` replace. It ends with its test
 * also when that has run out of time: else there would be no worker for those after it.
 */
export async function withWorker<Result>(
  server: Server,
  run: () => Promise<Result>,
  options: Partial<WorkerOptions> = {},
): Promise<Result> {
  const { env } = server;
  const activities = { ...server.activities, ...options.activities };
  const common = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: options.dataConverter ?? createWorkerDataConverter(server.payloadKeys),
    activities,
    // An activity that goes on for ever fails the test.
    shutdownForceTime: '20 seconds',
  } as const;
  const [worker, sending] = await Promise.all([
    Worker.create({
      ...common,
      taskQueue,
      workflowBundle: await findWorkflowBundle(),
      debugMode: true,
      ...options,
      activities,
    }),
    Worker.create({ ...common, taskQueue: messagesQueue }),
  ]);
  const untilDone = async () => {
    try {
      return await run();
    } finally {
      await untilDelivered(server);
    }
  };
  const ending = new AbortController();
  const abandoned = once(ending.signal, 'abort').then(() => Promise.reject(new Error('its test has ended')));
  let isOver = false;
  const whole = worker
    .runUntil(() => sending.runUntil(Promise.race([untilDone(), abandoned])))
    .finally(() => {
      isOver = true;
    });
  // Not in a hook: what hangs there fails the whole file.
  if (getCurrentTest() === undefined) return whole;
  onTestFinished(async () => {
    if (isOver) return;
    const open = await openOn(server).catch(String);
    ending.abort();
    await whole.catch(() => undefined);
    throw new Error(`open at the end of a test that has run out of its time: ${open}`);
  });
  return whole;
}

/** What a test that hangs may wait for. */
async function openOn({ env }: Server): Promise<string> {
  const lines: string[] = [];
  for await (const { type, workflowId } of env.client.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    const { raw } = await env.client.workflow.getHandle(workflowId).describe();
    const pending = raw.pendingActivities?.map(({ activityType, attempt, lastFailure }) =>
      [activityType?.name, attempt, lastFailure?.message].join(' '),
    );
    lines.push([type, ...(pending ?? [])].join(' > '));
  }
  return lines.join('; ');
}

/** Milliseconds; some tests are about messages that stay. */
const messageTime = 3_000;

/** Else a message under way would be lost with this worker, and hold the clock still until its time is over. */
async function untilDelivered({ env, store }: Server): Promise<void> {
  const giveUpAt = Date.now() + messageTime;
  const waiting = await store.messages.after(undefined, waitingStates, 1_000, everything);
  for (const about of new Set(waiting.map(({ submission_id }) => submission_id ?? 'digest'))) {
    const isRunning = async () => {
      const handle = env.client.workflow.getHandle(deliveryIdOf(about));
      return (await handle.describe().catch(() => undefined))?.status.name === 'RUNNING';
    };
    while (Date.now() < giveUpAt && (await isRunning())) await delay(20);
  }
}

/** To be called last in a file. */
export function testThatHistoriesReplay(server: Server, least: number) {
  test('every history of this file replays', async () => {
    await expectReplay(await historiesOf(server.env.client, server.started), least, server.payloadKeys);
  });
}

async function retry<Value>(create: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      if (attempt === startAttempts) throw error;
    }
  }
}
