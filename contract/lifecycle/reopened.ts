import { firstStage, verdictOf } from '../record.ts';
import type { Stage } from '../stages.ts';
import type { Course, SubmissionState } from '../state.ts';
import type { SubmissionInput } from '../workflow/submission-input.ts';
import { type Change, withCommand, withReleases } from './change.ts';

/** Decided as the submission that it continues, and not announced. One that failed undecided begins its stage anew. */
export function reopened(
  { id, by, reason, stage, verdicts, hasSlot }: NonNullable<SubmissionInput['reopens']>,
  state: SubmissionState,
  now: string,
): Change {
  return {
    course: courseOf(stage === 'received' ? firstStage(state) : stage),
    verdicts,
    ...(hasSlot && { hasOwnSlot: hasSlot }),
    ...withCommand(state, { by, command: 'reopen', reason, detail: id }, now),
    ...withReleases(state, now, 'reopened'),
  };

  function courseOf(current: Stage): Course {
    if (verdictOf({ stage: current, verdicts })) return { at: 'decided', stage: current, announced: 'no' };
    return { at: 'stage', stage: current, since: now, work: { kind: 'begun' } };
  }
}
