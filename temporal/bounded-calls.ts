import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import { type Deadline, within } from '../process/deadline.ts';

/** The cause is for the log. */
export class TemporalUnavailableError extends Error {
  override name = 'TemporalUnavailableError';
  /** Of google.rpc.Code, where Temporal has answered so far. */
  readonly code: number | undefined;

  constructor(message: string, { code, ...options }: ErrorOptions & { code?: number } = {}) {
    super(message, options);
    this.code = code;
  }
}

export type BoundedClient = ReturnType<typeof boundedClient>;

export function boundedClient(client: Client) {
  /** @throws TemporalUnavailableError where there is no answer before the deadline */
  async function bounded<Value>(deadline: Deadline, call: () => Promise<Value>): Promise<Value> {
    const time = deadline.left();
    // The connection's own deadline doesn't hold in each of its states.
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

/** A workflow task that was to end the workflow met the update: the server begins it again, without the update. */
export function isThrownAway(error: unknown): boolean {
  return error instanceof TemporalUnavailableError && error.code === failedPrecondition;
}

/** Ten updates at a time. */
export function isCrowded(error: unknown): boolean {
  return error instanceof TemporalUnavailableError && error.code === resourceExhausted;
}

/** Like search attributes that Temporal does not know. */
export function isInvalid(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === invalidArgument;
}

/** A refused request (INVALID_ARGUMENT) stays what it is: no retry helps. */
function asUnavailable(error: unknown): never {
  if (error instanceof NamespaceNotFoundError) throw new TemporalUnavailableError(error.message, { cause: error });
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    throw new TemporalUnavailableError('no worker answers', { cause: error });
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause) || cause.code === invalidArgument) throw error;
  const { code, details } = cause;
  throw new TemporalUnavailableError(`Temporal answers ${code}: ${details}`, { cause: error, code });
}

// google.rpc.Code
const invalidArgument = 3;
const resourceExhausted = 8;
const failedPrecondition = 9;
