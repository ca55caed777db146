import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  QueryRejectCondition,
  type WorkflowClientInterceptor,
} from '@temporalio/client';
import type { GatewayConfig } from '../process/settings/gateway-config.ts';
import { isRateLimit } from './bounded-calls.ts';
import { createDataConverter } from './codec/data-converter.ts';

/**
 * Retries a dead server for half a second, where the SDK would for 20 s, and one that grants no more calls not at all. It connects
 * with the first call.
 */
export function connect(
  { connectionOptions, namespace, payloadKeys }: GatewayConfig['temporal'],
  ofWorkflows: WorkflowClientInterceptor[] = [],
) {
  const retry = defaultGrpcRetryOptions({ maxAttempts: 3, initialIntervalMs: () => 100 });
  const retryableDecider: typeof retry.retryableDecider = (attempt, status) =>
    !isRateLimit(status) && retry.retryableDecider(attempt, status);
  const interceptors = [makeGrpcRetryInterceptor({ ...retry, retryableDecider })];
  const connection = Connection.lazy({ ...connectionOptions, interceptors });
  return new Client({
    connection,
    namespace,
    dataConverter: createDataConverter(payloadKeys),
    interceptors: { workflow: ofWorkflows },
    // A terminated workflow would otherwise answer as if it were running.
    workflow: { queryRejectCondition: QueryRejectCondition.NOT_COMPLETED_CLEANLY },
  });
}
