import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  QueryRejectCondition,
} from '@temporalio/client';
import type { GatewayConfig } from '../process/settings/gateway-config.ts';

/** The SDK retries a dead server for 20 s, this client for half a second. It connects with the first call. */
export function connect({ connectionOptions, namespace }: GatewayConfig['temporal']) {
  const retry = defaultGrpcRetryOptions({ maxAttempts: 3, initialIntervalMs: () => 100 });
  const connection = Connection.lazy({ ...connectionOptions, interceptors: [makeGrpcRetryInterceptor(retry)] });
  return new Client({
    connection,
    namespace,
    // A workflow that was terminated would otherwise answer as if it ran.
    workflow: { queryRejectCondition: QueryRejectCondition.NOT_COMPLETED_CLEANLY },
  });
}
