import { initialState } from '../initial-state.ts';
import type { SubmissionState } from '../state.ts';
import type { SubmissionInput } from '../workflow/submission-input.ts';
import { cancel } from './cancel.ts';
import { changed } from './change.ts';
import type { CommandRule, Meeting } from './command.ts';
import { prove } from './prove.ts';
import { Refusal } from './refusal.ts';

type Opening = Pick<
  SubmissionInput,
  'id' | 'createdAt' | 'rules' | 'reopens' | 'proved' | 'carried' | 'cancels' | 'proves'
>;

/** The state that a run of the workflow begins with; the gateway that starts it shows the same. */
export function openingState(input: Opening): SubmissionState {
  const { carried, cancels, proves, rules } = input;
  if (carried === undefined) return initialState(input);
  if (cancels) return after(cancel, { state: carried.state, rules, now: cancels.at }, cancels);
  if (proves) return after(prove, { state: carried.state, rules, now: proves.at }, proves);
  return carried.state;
}

/** Unchanged where the command is refused: the gateway has checked, so only a run that was started by hand meets that. */
function after<Command>({ check, apply }: CommandRule<Command, unknown>, meeting: Meeting, command: Command) {
  const { state, now } = meeting;
  try {
    check(meeting, command);
  } catch (error) {
    if (error instanceof Refusal) return state;
    throw error;
  }
  const { change } = apply(meeting, command);
  return change ? changed(state, change, now) : state;
}
