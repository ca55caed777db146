import { changed, withReleases } from './lifecycle/change.ts';
import { failed } from './lifecycle/steps.ts';
import type { ProcessingError } from './outcomes.ts';
import { conclusionOf, isOver } from './record.ts';
import type { SubmissionState } from './state.ts';

/** The state of a submission whose processing was ended from outside. What was told stays, and somebody is told the rest. */
export function endedState(state: SubmissionState, error: ProcessingError, at: string): SubmissionState {
  if (isOver(state)) return state;
  if (conclusionOf(state) === undefined) return changed(state, failed(state, error, at), at);
  const { course } = state;
  if (course.at !== 'accepted') return state;
  // Nobody can answer any more. The acceptance stands, and organisers ask the speaker.
  const { attendance: _, ...accepted } = course;
  return changed(state, { course: accepted, ...withReleases(state, at, 'unanswerable') }, at);
}
