import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { afterAll, beforeAll, inject, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { taskQueue } from '../../contract/messages.ts';
import { ensureSearchAttributes } from '../../dev/temporal-readiness.ts';
import { deletesAtOnce } from '../../dev/temporal-server.ts';
import type { Store } from '../../store/store.ts';
import { expectReplay, historiesOf } from './histories.ts';
import { useStore } from './stores.ts';

Runtime.install({
  shutdownSignals: [],
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
});

// The SDK waits 5 s for a server; on a busy machine that is not always enough.
const startAttempts = 3;

/**
 * A Temporal development server for one test file. Its last test replays every history that the file made, against the
 * workflow code as it is now.
 */
export function useDevServer(database?: string) {
  return useServer(
    () =>
      TestWorkflowEnvironment.createLocal({
        server: {
          executable: { type: 'existing-path', path: inject('temporalCli') },
          extraArgs: deletesAtOnce,
          // Each worker that leaves makes it complain; what matters shows in the tests.
          log: { format: 'pretty', level: 'never' },
        },
      }),
    database,
  );
}

/** The same with a clock that skips the time in which nothing happens. It is one clock for the whole file. */
export function useTimeSkippingServer() {
  return useServer(() =>
    TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: inject('temporalTestServer') } },
    }),
  );
}

export type Server = {
  readonly env: TestWorkflowEnvironment;
  readonly started: Set<string>;
  /** Of the worker, and of the gateways. */
  readonly store: Store;
  /** Of their database. */
  readonly location: string;
  /** Those of the service. */
  readonly activities: ReturnType<typeof createActivities>;
};

function useServer(create: () => Promise<TestWorkflowEnvironment>, database?: string): Server {
  const records = useStore(database);
  let env: TestWorkflowEnvironment | undefined;
  const started = new Set<string>();

  beforeAll(async () => {
    env = await retry(create);
    await ensureSearchAttributes({ connection: env.connection, namespace: env.namespace ?? 'default' });
  });
  afterAll(() => env?.teardown());

  return {
    get env() {
      if (!env) throw new Error('the server is there from beforeAll on');
      return env;
    },
    started,
    get store() {
      return records.store;
    },
    get location() {
      return records.location;
    },
    get activities() {
      return createActivities({ store: records.store, client: this.env.client });
    },
  };
}

/** Runs a worker while the function runs. It is the worker of the service, but for what `options` replace. */
export async function withWorker<Result>(
  { env, activities }: Pick<Server, 'env' | 'activities'>,
  run: () => Promise<Result>,
  options: Partial<WorkerOptions> = {},
): Promise<Result> {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue,
    workflowBundle: { codePath: inject('workflowBundle') },
    ...options,
    activities: { ...activities, ...options.activities },
  });
  return worker.runUntil(run());
}

/** To be called last in a file. */
export function testThatHistoriesReplay(server: Server, least: number) {
  test('every history of this file replays', async () => {
    await expectReplay(await historiesOf(server.env.client, server.started), least);
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
