import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { NativeConnection, Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { WorkerConfig } from '../process/settings/worker-config.ts';
import { SetupError } from '../process/setup-error.ts';
import { createDataConverter, createWorkerDataConverter } from './codec/data-converter.ts';
import { assertUsableNamespace } from './namespace/usable-namespace.ts';
import { sdkLog } from './sdk-log.ts';

/** For traces, and for metrics. */
type Watching = {
  interceptors?: WorkflowClientInterceptor[];
  install?: (options: RuntimeOptions) => unknown;
};

/** @throws SetupError if Temporal can't be reached, or its namespace lacks what the service needs */
export async function connectWorker(
  { connectionOptions, namespace, payloadKeys }: WorkerConfig['temporal'],
  log: Logger,
  { interceptors = [], install = (options) => Runtime.install(options) }: Watching = {},
) {
  const { logger, logging } = sdkLog(log);
  // `runProcess` handles the signals, and stops the worker in order.
  await install({ shutdownSignals: [], logger, telemetryOptions: { logging } });
  const connection = await NativeConnection.connect(connectionOptions).catch((cause: unknown) => {
    const address = connectionOptions.address ?? 'localhost:7233';
    throw new SetupError(`Temporal can't be reached at ${address}: start it, or set TEMPORAL_ADDRESS`, { cause });
  });
  await assertUsableNamespace({ connection, namespace });
  return {
    connection,
    dataConverter: createWorkerDataConverter(payloadKeys),
    client: new Client({
      connection,
      namespace,
      dataConverter: createDataConverter(payloadKeys),
      interceptors: { workflow: interceptors },
    }),
  };
}
