import type { CommandRefusal } from '../../contract/workflow/errors.ts';
import type { CommandResult } from '../../temporal/commands.ts';
import type { Refuse } from './refusal.ts';

/** The result of a command to a submission that hasn't ended. */
export function done<Value, Code extends CommandRefusal>(
  result: Exclude<CommandResult<Value, Code>, { kind: 'over' }>,
  refuse: Refuse<Code | 'erased'>,
): Value {
  return result.kind === 'done' ? result.value : refuse(result.code, result.details);
}

/** The same of one that is taken only until the submission has ended. */
export function doneInTime<Value, Code extends CommandRefusal>(
  result: CommandResult<Value, Code>,
  refuse: Refuse<Code | 'erased' | 'submission-concluded'>,
): Value {
  return result.kind === 'over' ? refuse('submission-concluded') : done(result, refuse);
}
