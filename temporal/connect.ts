import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  QueryRejectCondition,
  type WorkflowClientInterceptor,
} from '@temporalio/client';
import type { GatewayConfig } from '../process/settings/gateway-config.ts';
import { createDataConverter } from './codec/data-converter.ts';

/** Retries a dead server for half a second, where the SDK would for 20 s. It connects with the first call. */
export function connect(
  { connectionOptions, namespace, payloadKeys }: GatewayConfig['temporal'],
  interceptors: WorkflowClientInterceptor[] = [],
) {
  const retry = defaultGrpcRetryOptions({ maxAttempts: 3, initialIntervalMs: () => 100 });
  const connection = Connection.lazy({ ...connectionOptions, interceptors: [makeGrpcRetryInterceptor(retry)] });
  return new Client({
    connection,
    namespace,
    dataConverter: createDataConverter(payloadKeys),
    interceptors: { workflow: interceptors },
    // A terminated workflow would otherwise answer as if it were running.
    workflow: { queryRejectCondition: QueryRejectCondition.NOT_COMPLETED_CLEANLY },
  });
}
