import type { CommandResult } from '../../temporal/commands.ts';
import { Refusal } from './refusal.ts';

/** What was done. @throws Refusal where it was not */
export function done<Value>(result: CommandResult<Value>): Value {
  if (result.kind === 'done') return result.value;
  if (result.kind === 'over') throw new Refusal('submission-concluded');
  throw new Refusal(result.code, result.details);
}
