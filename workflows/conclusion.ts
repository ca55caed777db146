import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { CallRules } from '../contract/call/rules.ts';
import type { Outcome } from '../contract/outcomes.ts';
import type { SubmissionState } from '../contract/state.ts';
import { processingFailure } from '../contract/workflow/errors.ts';
import { attendanceFrom } from './attendance.ts';
import { withReleases } from './commands.ts';
import type { OpenRecord } from './record.ts';

type Ending = Pick<SubmissionState, 'conclusion' | 'attendance' | 'isOver' | 'releases'>;

/** The submission ends with its outcome, unless an acceptance is to be answered. */
export function outcomeOf(outcome: Outcome, state: SubmissionState, rules: CallRules): Ending {
  const attendance =
    outcome === 'accepted' && !state.closing ? attendanceFrom(new Date().toISOString(), rules) : undefined;
  return {
    conclusion: { kind: outcome },
    releases: withReleases(state, releaseOf(outcome, state)),
    ...(attendance ? { attendance } : { isOver: true }),
  };
}

function releaseOf(outcome: Outcome, { isOnWaitlist }: SubmissionState) {
  if (outcome === 'waitlisted') return 'not-promoted';
  return outcome === 'accepted' && isOnWaitlist ? 'promoted' : outcome;
}

/** Concludes a submission that was cancelled or that has failed. Returns the error to end the workflow with. */
export function concludeWith(error: unknown, record: OpenRecord): unknown {
  const { state } = record;
  if (isCancellation(error)) {
    record.transition({ conclusion: { kind: 'withdrawn' }, isOver: true, releases: withReleases(state, 'withdrawn') });
    return error;
  }
  // Any other error is a defect: it fails the workflow task, and fixed code goes on from here.
  if (!(error instanceof ActivityFailure)) return error;
  const conclusion = { kind: 'failed', error: 'processing-failed' } as const;
  record.transition({ conclusion, isOver: true, releases: withReleases(state, 'failed') });
  return ApplicationFailure.create({
    type: processingFailure,
    message: `The activity ${error.activityType} failed for good`,
    nonRetryable: true,
    cause: error,
  });
}
