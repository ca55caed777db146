/** The gateway process: reads settings, opens the database, connects to Temporal, listens; on stop, all in reverse. */
import { setTimeout as delay } from 'node:timers/promises';
import { createOutbox } from '../messages/outbox.ts';
import { createLog } from '../process/create-log.ts';
import { deadlineIn, within } from '../process/deadline.ts';
import { healthRoutes } from '../process/health/health-routes.ts';
import { limitHeapGrowth } from '../process/limit-heap-growth.ts';
import { serveOperations } from '../process/operations/operations-server.ts';
import { runProcess } from '../process/run-process.ts';
import { readGatewayConfig } from '../process/settings/gateway-config.ts';
import { environment } from '../process/settings/read-settings.ts';
import { loadTracing } from '../process/tracing/load-tracing.ts';
import { lookAtDatabase } from '../store/look-at-database.ts';
import { openStore } from '../store/store.ts';
import { timeLimits } from '../store/time-limits.ts';
import { isUnreachable } from '../store/unreachable.ts';
import { createCommands } from '../temporal/commands.ts';
import { connect } from '../temporal/connect.ts';
import { lookAtTemporal } from '../temporal/health/look-at-temporal.ts';
import { lookForWorkers } from '../temporal/health/look-for-workers.ts';
import { watchNamespace } from '../temporal/namespace/watch-namespace.ts';
import { createOperations } from '../temporal/operations.ts';
import { createSubmissions } from '../temporal/submissions.ts';
import { clientSpans } from '../temporal/tracing/client-spans.ts';
import { createApp } from './app.ts';
import { loadCall } from './call-file.ts';
import { gatewayHealth } from './health.ts';
import { createHttpServer } from './http/http-server.ts';
import { createLimits, noLimits } from './limits/limits.ts';
import { loadAccess } from './people/access.ts';
import { withRecords } from './status/recorded-submissions.ts';
import { aroundAll } from './watching/around.ts';
import { createSlowAnswers } from './watching/slow-answers.ts';
import { createTracedAnswers } from './watching/traced-answers.ts';

/** Milliseconds after which the gateway listens before the migration is done. */
const migrationTime = 5_000;

await runProcess('gateway', async (stopping) => {
  limitHeapGrowth();
  const config = readGatewayConfig(environment());
  const [call, { access, committee }] = [await loadCall(config.callFile), await loadAccess(config.accessFile)];
  const log = createLog('gateway');
  const tracing = await loadTracing(config.traces, 'call-for-speakers-gateway', log);
  const store = openStore(
    config.database,
    (err) => log.error({ err }, 'lost a connection to the database'),
    timeLimits.gateway,
  );
  const migration = store.migrate().catch((err) => {
    log.error({ err }, 'the database could not be migrated');
    if (!isUnreachable(err)) throw err;
  });
  // The database may come up later, like Temporal; running submissions are answered without it.
  const { isLate } = await within(deadlineIn(migrationTime), migration);
  if (isLate) log.error('the database is locked, or another process is migrating it');
  const client = connect(config.temporal, tracing && [clientSpans(tracing)]);
  const watch = await watchNamespace({ client, log, stopping });
  const submissions = withRecords(watch.guard(createSubmissions(client)), store.records, log);
  const commands = createCommands(client);
  const operations = createOperations(client);
  const counters = store.openCounters();
  const limits = config.areRatesLimited ? createLimits(counters.makeCounter) : noLimits;
  const health = gatewayHealth({
    temporal: () => lookAtTemporal(client),
    worker: () => lookForWorkers(client),
    database: () => lookAtDatabase(store),
    stopping,
  });
  const metrics =
    config.operations &&
    (await (
      await import('./metrics/gateway-metrics.ts')
    ).createGatewayMetrics({
      ...config,
      health,
      call,
      store,
      client,
    }));
  const slowAnswers = createSlowAnswers(log);
  const watched = tracing ? aroundAll(createTracedAnswers(tracing), slowAnswers) : slowAnswers;
  const app = createApp({
    ...config,
    call,
    access,
    committee,
    submissions,
    commands,
    operations,
    forgetMessages: createOutbox(config.outbox).forget,
    store,
    limits,
    health,
    around: metrics ? metrics.requests.around(watched) : watched,
    metrics,
    log,
    stopping,
  });
  const server = createHttpServer(app, config.publicUrl, log, metrics?.requests);

  await server.listen(config.port, config.host);
  const operators =
    config.operations &&
    (await serveOperations(config.operations, { ...healthRoutes(health), ...metrics?.routes }, log));
  log.info({ url: config.publicUrl, call: call.name }, 'listening');

  return {
    stop: async () => {
      await server.close(delay(config.drainTime));
      await client.connection.close();
      await counters.close();
      await store.close();
      await operators?.close();
      await tracing?.close();
    },
  };
});
