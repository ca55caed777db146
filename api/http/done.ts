import type { CommandRefusal } from '../../contract/errors.ts';
import type { Commanded } from '../../temporal/commands.ts';
import type { Refuse } from './refusal.ts';

/** What was done by a command to what is not over. */
export function done<Value, Code extends CommandRefusal>(
  result: Exclude<Commanded<Value, Code>, { kind: 'over' }>,
  refuse: Refuse<Code | 'erased'>,
): Value {
  return result.kind === 'done' ? result.value : refuse(result.code, result.details);
}
