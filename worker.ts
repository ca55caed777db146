/** The worker process: reads settings, opens the database, connects to Temporal, runs; on stop, all in reverse. */
import { Worker } from '@temporalio/worker';
import { createActivities } from './activities/index.ts';
import { createUnderWay } from './activities/under-way.ts';
import { createLinks } from './messages/links.ts';
import { createMessageSender } from './messages/message-sender.ts';
import { withSpans } from './messages/traced-sender.ts';
import { createLog } from './process/create-log.ts';
import { healthRoutes } from './process/health/health-routes.ts';
import { limitHeapGrowth } from './process/limit-heap-growth.ts';
import { serveOperations } from './process/operations/operations-server.ts';
import { runProcess } from './process/run-process.ts';
import { environment } from './process/settings/read-settings.ts';
import { readWorkerConfig } from './process/settings/worker-config.ts';
import { SetupError } from './process/setup-error.ts';
import { createSpeakerTokens } from './process/speaker-tokens.ts';
import { loadTracing } from './process/tracing/load-tracing.ts';
import { lookAtDatabase } from './store/look-at-database.ts';
import { openStore } from './store/store.ts';
import { isUnreachable } from './store/unreachable.ts';
import { buildOf } from './temporal/bundle/build-of.ts';
import { findWorkflowBundle } from './temporal/bundle/workflow-bundle.ts';
import { connectWorker } from './temporal/connect-worker.ts';
import { lookAtTemporal } from './temporal/health/look-at-temporal.ts';
import { workerHealth } from './temporal/health/worker-health.ts';
import { ensureReconciliation } from './temporal/reconciliation-schedule.ts';
import { clientSpans } from './temporal/tracing/client-spans.ts';
import { workerOptions } from './temporal/worker-options.ts';
import { createWorkflows } from './temporal/workflows.ts';

await runProcess('worker', async () => {
  limitHeapGrowth();
  const config = readWorkerConfig(environment());
  const log = createLog('worker');
  const tracing = await loadTracing(config.traces, 'call-for-speakers-worker', log);
  const store = openStore(config.database, (err) => log.error({ err }, 'lost a connection to the database'));
  const migrated = store.migrate().catch((cause: unknown) => {
    if (!isUnreachable(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`The database can't be used (${reason}): see DATABASE_URL and DATA_DIR`, { cause });
  });
  const core = config.operations && (await import('./temporal/metrics/core-metrics.ts')).createCoreMetrics(log);
  const [{ connection, client, dataConverter }, workflowBundle] = await Promise.all([
    connectWorker(config.temporal, log, {
      ...(tracing && { interceptors: [clientSpans(tracing)] }),
      ...(core && { install: core.install }),
    }),
    findWorkflowBundle(),
    migrated,
  ]);
  const links = createLinks(config.publicUrl, createSpeakerTokens(config.speakerTokenKeys));
  const sender = createMessageSender({ ...config, ...links });
  const firstAttempts = createUnderWay<string[]>();
  const activities = createActivities({
    store,
    workflows: createWorkflows(client),
    sender: withSpans(sender, tracing),
    firstAttempts,
  });
  const { namespace } = config.temporal;
  const build = await buildOf(workflowBundle);
  const options = workerOptions(
    { connection, namespace, dataConverter, activities, workflowBundle },
    build,
    config.deployment,
    tracing,
  );
  const [workers] = await Promise.all([
    Promise.all(options.map((one) => Worker.create(one))),
    ensureReconciliation(client),
  ]);
  const health = workerHealth({
    workers,
    temporal: () => lookAtTemporal(client),
    database: () => lookAtDatabase(store),
  });
  const metrics =
    core &&
    (await import('./temporal/metrics/worker-metrics.ts')).createWorkerMetrics({
      ...config,
      health,
      build,
      core: core.read,
    });
  const operators =
    config.operations &&
    (await serveOperations(config.operations, { ...healthRoutes(health), ...metrics?.routes }, log));
  const runs = workers.map((worker) => worker.run());
  const ended = Promise.all(runs).then(() => undefined);

  return {
    ended,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      // One that had to be forced to end cuts off no mail of the others.
      await Promise.allSettled(runs);
      await firstAttempts.ended();
      sender.close();
      await connection.close();
      await store.close();
      await operators?.close();
      await tracing?.close();
      await ended;
    },
  };
});
