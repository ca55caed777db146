import type { SubmissionState } from '../state.ts';
import type { SubmissionInput } from '../workflow/submission-input.ts';
import { type Change, withCommand, withReleases } from './change.ts';

/** Decided as the submission that it continues, and not announced. */
export function reopened(
  { id, by, reason, stage, verdicts }: NonNullable<SubmissionInput['reopens']>,
  state: SubmissionState,
  now: string,
): Change {
  return {
    course: { at: 'decided', stage, announced: 'no' },
    verdicts,
    ...withCommand(state, { by, command: 'reopen', reason, detail: id }, now),
    ...withReleases(state, now, 'reopened'),
  };
}
