import {
  type Client,
  isGrpcServiceError,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import { type Deadline, within } from '../process/deadline.ts';
import { UnreadablePayloadError } from './codec/unreadable-payload-error.ts';

export class TemporalUnavailableError extends Error {
  override name = 'TemporalUnavailableError';
  /** A google.rpc.Code, if Temporal answered at all. */
  readonly code: number | undefined;

  constructor(message: string, { code, ...options }: ErrorOptions & { code?: number } = {}) {
    super(message, options);
    this.code = code;
  }
}

export type BoundedClient = ReturnType<typeof boundedClient>;

export function boundedClient(client: Client) {
  /** @throws TemporalUnavailableError without an answer before the deadline */
  async function bounded<Value>(deadline: Deadline, call: () => Promise<Value>): Promise<Value> {
    const time = deadline.left();
    // The connection doesn't enforce its own deadline in every state.
    const started = client.connection.withDeadline(Date.now() + time, call);
    const result = await within(deadline, started.catch(asUnavailable));
    if (result.isLate) throw new TemporalUnavailableError(`no answer in ${time} ms`);
    return result.value;
  }

  return { client, bounded };
}

export function undefinedIfNotFound(error: unknown): undefined {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

export function refusalOf(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause : undefined;
}

/** The update arrived while a workflow task was ending the workflow: the server drops it and retries the task. */
export function isThrownAway(error: unknown): boolean {
  return error instanceof TemporalUnavailableError && error.code === failedPrecondition;
}

/** Temporal runs at most ten updates of a workflow at a time. */
export function isCrowded(error: unknown): boolean {
  return error instanceof TemporalUnavailableError && error.code === resourceExhausted;
}

/** Temporal itself is down, not one workflow. */
export function isTemporalDown({ code }: TemporalUnavailableError): boolean {
  return code === unavailable;
}

/** Temporal can't be reached, or has no room: another time it will answer. */
export function isUnavailable(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && (cause.code === unavailable || cause.code === resourceExhausted);
}

/** Temporal grants no more calls now, to this namespace or at all: to call at once again takes from what the workers need. */
export function isRateLimited(error: unknown): boolean {
  let cause = error;
  while (cause instanceof TemporalUnavailableError || cause instanceof ServiceError) cause = cause.cause;
  return isGrpcServiceError(cause) && isRateLimit(cause);
}

/** Other resources are of one workflow: the number of its queries, or updates, under way. */
export const isRateLimit = ({ code, details }: { code: number; details: string }): boolean =>
  code === resourceExhausted && /rate limit exceeded/i.test(details);

/** For example unknown search attributes. */
export function isInvalid(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === invalidArgument;
}

/** INVALID_ARGUMENT is rethrown unchanged: no retry helps. */
function asUnavailable(error: unknown): never {
  if (error instanceof NamespaceNotFoundError) throw new TemporalUnavailableError(error.message, { cause: error });
  // All queries are registered: it is of a worker that has other code, so that the history doesn't replay, or other keys.
  if (error instanceof QueryNotRegisteredError)
    throw new TemporalUnavailableError('no worker can answer', { cause: error });
  // With the right keys, the answer can be read.
  if (error instanceof UnreadablePayloadError) throw new TemporalUnavailableError(error.message, { cause: error });
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    throw new TemporalUnavailableError('no worker answers', { cause: error });
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause) || cause.code === invalidArgument) throw error;
  const { code, details } = cause;
  throw new TemporalUnavailableError(`Temporal answered ${code}: ${details}`, { cause: error, code });
}

// google.rpc.Code
const invalidArgument = 3;
const resourceExhausted = 8;
const failedPrecondition = 9;
const unavailable = 14;
