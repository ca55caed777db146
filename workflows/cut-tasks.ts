/**
 * Refuses an update for the moment in which a replay would bring it too early.
 *
 * A task that answers a query while a local activity runs is cut in two: it ends with the answer, and the next one begins at
 * once. If the first has no command to show for itself, the SDK takes both for one in a replay, and brings the updates of the
 * second before anything that the first began. `giveCommand` gives such a command again.
 */
import { ApplicationFailure, type WorkflowInterceptors } from '@temporalio/workflow';
import { amidLocalActivity } from '../contract/workflow/errors.ts';

type Internals = NonNullable<NonNullable<WorkflowInterceptors['internals']>[number]>;
type Activation = Parameters<NonNullable<Internals['activate']>>[0]['activation'];
type Job = NonNullable<Activation['jobs']>[number];
type Command = Parameters<NonNullable<Internals['concludeActivation']>>[0]['commands'][number];

export function interceptors(): WorkflowInterceptors {
  let localActivities = 0;
  /** Since the last event from outside. */
  let hasCommand = false;

  return {
    internals: [
      {
        activate(input, next) {
          if (input.activation.jobs?.some(isEvent)) hasCommand = false;
          next(input);
        },
        concludeActivation(input, next) {
          const output = next(input);
          hasCommand ||= output.commands.some(isInHistory);
          return output;
        },
      },
    ],
    inbound: [
      {
        validateUpdate(input, next) {
          if (localActivities > 0 && !hasCommand)
            throw ApplicationFailure.nonRetryable(
              'A local activity has to end first: give it again',
              amidLocalActivity,
            );
          next(input);
        },
      },
    ],
    outbound: [
      {
        async scheduleLocalActivity(input, next) {
          localActivities += 1;
          try {
            return await next(input);
          } finally {
            localActivities -= 1;
            // Its end is a marker.
            hasCommand = true;
          }
        },
      },
    ],
  };
}

/** The history has an event for it before the task: not for an update, nor for what stays within a worker. */
function isEvent({ doUpdate, queryWorkflow, resolveActivity }: Job): boolean {
  return !doUpdate && !queryWorkflow && !resolveActivity?.isLocal;
}

/** It becomes an event: not so what begins within a worker, an answer to a query, or a refusal. */
function isInHistory({ scheduleLocalActivity, respondToQuery, updateResponse }: Command): boolean {
  return !scheduleLocalActivity && !respondToQuery && !updateResponse?.rejected;
}
