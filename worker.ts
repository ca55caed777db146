/** The worker process: reads settings, opens the database, connects to Temporal, runs; on stop, all in reverse. */
import { Worker } from '@temporalio/worker';
import { createActivities } from './activities/index.ts';
import { createUnderWay } from './activities/under-way.ts';
import type { SubmissionId } from './contract/submission-id.ts';
import { messagesQueue } from './contract/workflow/deliveries.ts';
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
import { connectWorker } from './temporal/connect-worker.ts';
import { ensureReconciliation } from './temporal/reconciliation-schedule.ts';
import { createWorkflows } from './temporal/workflows.ts';

/** Submissions whose messages are sent at a time: so many connections to the mail server, or a few more. */
const mostSending = 20;

await runProcess('worker', async () => {
  const config = readWorkerConfig(environment());
  const log = createLog('worker');
  const store = openStore(config.database, (err) => log.error({ err }, 'lost a connection to the database'));
  await store.migrate().catch((cause: unknown) => {
    if (!isUnreachable(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`The database can't be used (${reason}): see DATABASE_URL and DATA_DIR`, { cause });
  });
  const { connection, client } = await connectWorker(config.temporal, log);
  const tokens = createSpeakerTokens(config.speakerTokenKeys);
  // The token is behind `#`, so that no server sees or logs it, and no GET changes anything (contract H12, H24).
  const linkOf = (id: SubmissionId, generation?: number) =>
    `${config.publicUrl}/submissions/${id}#${tokens.of(id, generation)}`;
  const sender = createMessageSender({ ...config, linkOf });
  const firstAttempts = createUnderWay<string[]>();
  const activities = createActivities({ store, workflows: createWorkflows(client), sender, firstAttempts });
  const common = {
    connection,
    namespace: config.temporal.namespace,
    activities,
    // Longer than any other activity: a started one completes, instead of being repeated by another worker.
    shutdownGraceTime: '15 seconds',
    shutdownForceTime: '20 seconds',
  } as const;
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue, workflowBundle: await findWorkflowBundle() }),
    Worker.create({ ...common, taskQueue: messagesQueue, maxConcurrentActivityTaskExecutions: mostSending }),
  ]);

  await ensureReconciliation(client);
  const ended = Promise.all(workers.map((worker) => worker.run())).then(() => undefined);

  return {
    ended,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      await firstAttempts.ended();
      await connection.close();
      await store.close();
    },
  };
});
