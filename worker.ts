/** The worker's process: settings, database, Temporal, workflows and activities, run; and back again when it is told to stop. */
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from './activities/index.ts';
import type { SubmissionId } from './contract/submission-id.ts';
import { taskQueue } from './contract/workflow/workflow-ids.ts';
import { createMessageSender } from './messages/message-sender.ts';
import { createLog } from './process/create-log.ts';
import { runProcess } from './process/run-process.ts';
import { environment } from './process/settings/read-settings.ts';
import { readWorkerConfig } from './process/settings/worker-config.ts';
import { SetupError } from './process/setup-error.ts';
import { createSpeakerTokens } from './process/speaker-tokens.ts';
import { openStore } from './store/store.ts';
import { isUnreachable } from './store/unreachable.ts';
import { findWorkflowBundle } from './temporal/bundle/workflow-bundle.ts';
import { assertUsableNamespace } from './temporal/namespace/usable-namespace.ts';
import { ensureReconciliation } from './temporal/reconciliation-schedule.ts';
import { createWorkflows } from './temporal/workflows.ts';

await runProcess('worker', async () => {
  const config = readWorkerConfig(environment());
  const log = createLog('worker');
  Runtime.install({
    // The process ends the worker itself, in its own order.
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log[level.toLowerCase() as Lowercase<typeof level>](meta ?? {}, message);
    }),
  });
  const { connectionOptions, namespace } = config.temporal;
  const connection = await NativeConnection.connect(connectionOptions).catch((cause: unknown) => {
    const address = connectionOptions.address ?? 'localhost:7233';
    throw new SetupError(`Temporal can't be reached at ${address}: start it, or set TEMPORAL_ADDRESS`, { cause });
  });
  await assertUsableNamespace({ connection, namespace });
  const store = openStore(config.database, (err) => log.error({ err }, 'a connection to the database broke'));
  await store.migrate().catch((cause: unknown) => {
    if (!isUnreachable(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`The database can't be used (${reason}): see DATABASE_URL and DATA_DIR`, { cause });
  });
  const client = new Client({ connection, namespace });
  const tokens = createSpeakerTokens(config.speakerTokenKeys);
  // Behind `#`, where no server sees it: it is in no log, and no GET changes anything (contract H12, H24).
  const linkOf = (id: SubmissionId) => `${config.publicUrl}/submissions/${id}#${tokens.of(id)}`;
  const sender = createMessageSender({ ...config, linkOf });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: await findWorkflowBundle(),
    activities: createActivities({ store, workflows: createWorkflows(client), sender }),
    // Longer than an activity takes: what was begun is ended, not repeated by another worker.
    shutdownGraceTime: '15 seconds',
    shutdownForceTime: '20 seconds',
  });
  await ensureReconciliation(client);
  const ended = worker.run();

  return {
    ended,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      await connection.close();
      await store.close();
    },
  };
});
