import { initialState } from '../initial-state.ts';
import type { SubmissionState } from '../state.ts';
import type { SubmissionInput } from '../workflow/submission-input.ts';
import { afterLateCommand } from './late-rules.ts';

type Opening = Pick<
  SubmissionInput,
  'id' | 'code' | 'createdAt' | 'submission' | 'rules' | 'reopens' | 'proved' | 'carried' | 'late'
>;

/** The state that a run of the workflow begins with; the gateway that starts it shows the same. */
export function openingState(input: Opening): SubmissionState {
  const { submission, carried, late, rules } = input;
  if (carried === undefined) return initialState(input);
  return late
    ? afterLateCommand(
        { state: carried.state, submission: carried.submission ?? submission, rules, now: late.at },
        late,
      )
    : carried.state;
}
