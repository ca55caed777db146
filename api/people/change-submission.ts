import type { Conditional } from '../../contract/commands.ts';
import type { CommandRefusal } from '../../contract/errors.ts';
import type { Person } from '../../contract/person.ts';
import type { Commanded } from '../../temporal/commands.ts';
import { done } from '../http/done.ts';
import { type Conditioned, underPreconditions } from '../http/preconditions.ts';
import type { Refuse } from '../http/refusal.ts';
import type { Opened, OpeningRefusal } from './opening.ts';

type Asked<Code extends CommandRefusal> = Conditioned & {
  person: Person;
  params: { id: string };
  refuse: Refuse<Code | OpeningRefusal | 'submission-concluded' | 'precondition-failed'>;
};

type OpenSubmission = (person: Person, id: string, refuse: Refuse<OpeningRefusal>) => Promise<Opened>;

/** Gives a command about what the person was shown, if they say so (contract H34). */
export function changeSubmission<Value, Code extends CommandRefusal>(
  gate: { open: OpenSubmission },
  command: (opened: Opened, condition: Conditional) => Promise<Commanded<Value, Code>>,
) {
  return async (asked: Asked<Code>): Promise<Value> => {
    const { person, params, refuse } = asked;
    const open = () => gate.open(person, params.id, refuse);
    const opened = await open();
    const shown = async () => (await open()).shown();
    return underPreconditions(asked, shown, async (condition) => {
      const result = await command(opened, condition);
      return result.kind === 'over' ? refuse('submission-concluded') : done(result, refuse);
    });
  };
}
