import { initialState } from '../initial-state.ts';
import type { SubmissionState } from '../state.ts';
import type { SubmissionInput } from '../workflow/submission-input.ts';
import { cancel } from './cancel.ts';
import { changed } from './change.ts';

type Opening = Pick<SubmissionInput, 'id' | 'createdAt' | 'rules' | 'reopens' | 'carried' | 'cancels'>;

/** The state that a run of the workflow begins with; the gateway that starts it shows the same. */
export function openingState(input: Opening): SubmissionState {
  const { carried, cancels, rules } = input;
  if (carried === undefined) return initialState(input);
  if (cancels === undefined) return carried.state;
  const { by, reason, at } = cancels;
  const { change } = cancel.apply({ state: carried.state, rules, now: at }, { by, reason });
  return change ? changed(carried.state, change, at) : carried.state;
}
