import { ApplicationFailure, CancellationScope, condition } from '@temporalio/workflow';
import type { MeetingText } from '../contract/lifecycle/command.ts';
import { Refusal } from '../contract/lifecycle/refusal.ts';
import { mayBeBehind } from '../contract/workflow/errors.ts';
import type { OpenSubmission } from './open-submission.ts';

export const meetingOf = (
  { state, submission, rules, clock }: OpenSubmission,
  now: string = clock.now(),
): MeetingText => ({ state, submission, rules, now });

/** Validators don't run in a replay, so they may ask which run it is. */
export function assertNotBehind(open: OpenSubmission): void {
  if (open.mayBeBehind)
    throw ApplicationFailure.nonRetryable('The workflow was reset, and has not read its record yet', mayBeBehind);
}

/** An outcome is being recorded: whoever comes now comes after it, whether or not it was told before a failure. */
export async function untilTold(open: OpenSubmission): Promise<void> {
  while (open.isTelling) await CancellationScope.nonCancellable(() => condition(() => !open.isTelling));
}

/** A refusal as a failure, which the gateway knows by its type. */
export function orFailure<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw ApplicationFailure.nonRetryable(error.message, error.code, error.details);
  }
}
