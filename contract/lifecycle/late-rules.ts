import type { SubmissionState } from '../state.ts';
import type { LateCommand } from '../workflow/late-command.ts';
import { cancel } from './cancel.ts';
import { changed } from './change.ts';
import { answerAsCoSpeaker } from './co-speakers.ts';
import type { CommandRule, MeetingText } from './command.ts';
import { prove } from './prove.ts';
import { Refusal } from './refusal.ts';
import { endTokens, undoAddress } from './tokens.ts';

/** Unchanged where the command is refused: the gateway has checked, so only a run that was started by hand meets that. */
export function afterLateCommand(meeting: MeetingText, late: LateCommand): SubmissionState {
  switch (late.name) {
    case 'cancel':
      return after(cancel, meeting, late.command);
    case 'prove':
      return after(prove, meeting, late.command);
    case 'answerAsCoSpeaker':
      return after(answerAsCoSpeaker, meeting, late.command);
    case 'undoAddress':
      return after(undoAddress, meeting, late.command);
    case 'endTokens':
      return after(endTokens, meeting, late.command);
    default:
      return late satisfies never;
  }
}

function after<Command>(
  rule: CommandRule<Command, unknown, MeetingText>,
  meeting: MeetingText,
  command: Command,
): SubmissionState {
  const { state, now } = meeting;
  try {
    rule.check(meeting, command);
  } catch (error) {
    if (error instanceof Refusal) return state;
    throw error;
  }
  const { change } = rule.apply(meeting, command);
  return change ? changed(state, change, now) : state;
}
