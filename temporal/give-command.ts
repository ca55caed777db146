import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { resyncSignal } from '../contract/workflow/commands.ts';
import { amidLocalActivity, mayBeBehind } from '../contract/workflow/errors.ts';
import { refusalOf, TemporalUnavailableError } from './bounded-calls.ts';

/** Milliseconds in which a workflow that was reset reads its record; then once more, until the caller's deadline. */
const pause = 50;

/** The server's refusal of an update that came to a task at the wrong moment: the workflow has not seen it. */
const unprocessed = 'UnprocessedUpdate';

/** For callers without a deadline. */
const mostTries = 100;

/**
 * Gives a command. It is given again to a workflow that has continued as new, which may have lost its answer; to one
 * that was reset, once that has read its record; and to one in the midst of a local activity. The workflow knows a repeated
 * command by its state.
 *
 * @param updateId a random one unless it is given: one that says what it is about holds for whoever gives the command again
 * @throws TemporalUnavailableError if the record can't be read
 */
export async function giveCommand<Value, Argument>(
  handle: WorkflowHandle,
  update: UpdateDefinition<Value, [Argument]>,
  { args, updateId = randomUUID() }: { args: [Argument]; updateId?: string },
): Promise<Value> {
  let isMissing = false;
  let isAsked = false;
  for (let tries = 1; ; tries += 1) {
    try {
      return await handle.executeUpdate(update, { args, updateId });
    } catch (error) {
      if (error instanceof WorkflowNotFoundError && !isMissing) {
        isMissing = true;
        continue;
      }
      const refusal = refusalOf(error)?.type;
      if (!isForTheMoment(refusal) && !isBetweenRuns(error)) throw error;
      if (tries === mostTries) throw new TemporalUnavailableError('it could not take the command', { cause: error });
      if (refusal === mayBeBehind && !isAsked) {
        await handle.signal(resyncSignal);
        isAsked = true;
      }
      await delay(pause);
    }
  }
}

const isForTheMoment = (refusal: string | null | undefined): boolean =>
  refusal === mayBeBehind || refusal === amidLocalActivity || refusal === unprocessed;

/** The server says UNAVAILABLE, as if it were down, when one run has ended and the next has not begun. */
function isBetweenRuns(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && /update was aborted|locate current workflow execution/.test(cause.details);
}
