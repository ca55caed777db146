/** `npm run release:check` replays what is open in a live namespace with the workflows of this build, before it is deployed. */
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { runProcess } from '../../process/run-process.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { readReleaseConfig } from '../../process/settings/release-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { buildOf } from '../bundle/build-of.ts';
import { findWorkflowBundle } from '../bundle/workflow-bundle.ts';
import { createWorkerDataConverter } from '../codec/data-converter.ts';
import { connect } from '../connect.ts';
import { workflowSpans } from '../tracing/worker-spans.ts';
import { replayOpen } from './replay-open.ts';

/** Workflows between two lines about the progress. */
const progress = 100;

await runProcess('release:check', async (stopping) => {
  const most = readMost(process.argv.slice(2));
  const config = readReleaseConfig(environment());
  const workflowBundle = await findWorkflowBundle();
  const build = await buildOf(workflowBundle);
  // Each failure would be logged as well.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF' } },
    shutdownSignals: [],
  });
  const client = connect(config);
  // In debug mode, the default of a replay, this process would hang in a workflow that never yields.
  const dataConverter = createWorkerDataConverter(config.payloadKeys);
  const replay = { workflowBundle, dataConverter, sinks: workflowSpans(), debugMode: false };
  await client.connection.ensureConnected().catch((cause: unknown) => {
    throw new SetupError("Temporal can't be reached: see TEMPORAL_ADDRESS and TEMPORAL_PROFILE", { cause });
  });

  let count = 0;
  let failed = 0;
  for await (const { workflowId, error } of replayOpen({ client, replay, most })) {
    stopping.throwIfAborted();
    count += 1;
    if (error) {
      failed += 1;
      print(`${workflowId} does not replay: ${reasonIn(error)}`);
    }
    if (count % progress === 0) print(`${count} replayed`);
  }
  await client.connection.close();
  if (failed > 0)
    throw new SetupError(`${failed} of ${count} open workflows would stand still: don't deploy build ${build}`);
  print(`Build ${build} replays all ${count} workflows that are open in ${config.namespace}`);
  return { stop: async () => undefined, ended: Promise.resolve() };
});

/** @throws SetupError */
function readMost(args: string[]): number | undefined {
  const { sample } = parseArgs({ args, options: { sample: { type: 'string' } } }).values;
  if (sample === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(sample)) return Number(sample);
  throw new SetupError('--sample must be a number: how many of each workflow type and build are replayed');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Temporal's own sentence, out of a paragraph about it. */
function reasonIn({ message }: Error): string {
  return /\[TMPRL\d+\][^"]*/.exec(message)?.[0] ?? message;
}
