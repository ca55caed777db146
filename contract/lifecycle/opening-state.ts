import { initialState } from '../initial-state.ts';
import type { SubmissionState } from '../state.ts';
import type { CancelCommand } from '../workflow/commands.ts';
import type { SubmissionInput } from '../workflow/submission-input.ts';
import { cancel } from './cancel.ts';
import { changed } from './change.ts';
import type { Meeting } from './command.ts';
import { Refusal } from './refusal.ts';

type Opening = Pick<SubmissionInput, 'id' | 'createdAt' | 'rules' | 'reopens' | 'carried' | 'cancels'>;

/** The state that a run of the workflow begins with; the gateway that starts it shows the same. */
export function openingState(input: Opening): SubmissionState {
  const { carried, cancels, rules } = input;
  if (carried === undefined) return initialState(input);
  if (cancels === undefined) return carried.state;
  return canceled({ state: carried.state, rules, now: cancels.at }, cancels);
}

/** Unchanged where there is nothing to cancel: the gateway has checked, so only a run that was started by hand meets that. */
function canceled(meeting: Meeting, { by, reason }: CancelCommand): SubmissionState {
  const { state, now } = meeting;
  try {
    cancel.check(meeting, { by, reason });
  } catch (error) {
    if (error instanceof Refusal) return state;
    throw error;
  }
  const { change } = cancel.apply(meeting, { by, reason });
  return change ? changed(state, change, now) : state;
}
