import { setTimeout as delay } from 'node:timers/promises';
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

/** Milliseconds for a timer that is late. */
const leeway = 20;

/**
 * Retries a dead server for half a second, where the SDK would for 20 s, and one that grants no more calls not at all. It connects
 * with the first call.
 */
export function connect(
  { connectionOptions, namespace, payloadKeys }: GatewayConfig['temporal'],
  ofWorkflows: WorkflowClientInterceptor[] = [],
) {
  const retry = defaultGrpcRetryOptions({ maxAttempts: 3, initialIntervalMs: () => 100 });
  let [isClosing, pausesUntil] = [false, 0];
  const untilClosing: typeof retry = {
    retryableDecider: (attempt, status) =>
      !isClosing && !isRateLimit(status) && retry.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const pause = retry.delayFunction(attempt, status);
      pausesUntil = Math.max(pausesUntil, performance.now() + pause);
      return pause;
    },
  };
  const connection = Connection.lazy({ ...connectionOptions, interceptors: [makeGrpcRetryInterceptor(untilClosing)] });
  const close = connection.close.bind(connection);
  // An attempt that finds it closed throws in a timer, where nobody can catch it.
  connection.close = async () => {
    isClosing = true;
    const pause = pausesUntil - performance.now();
    if (pause > -leeway) await delay(pause + leeway);
    await close();
  };
  return new Client({
    connection,
    namespace,
    dataConverter: createDataConverter(payloadKeys),
    interceptors: { workflow: ofWorkflows },
    // A terminated workflow would otherwise answer as if it were running.
    workflow: { queryRejectCondition: QueryRejectCondition.NOT_COMPLETED_CLEANLY },
  });
}
