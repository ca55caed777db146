import type { Conditional } from '../../contract/workflow/commands.ts';
import type { CommandRefusal } from '../../contract/workflow/errors.ts';
import type { CommandResult } from '../../temporal/commands.ts';
import { doneInTime } from '../http/done.ts';
import { type Conditioned, underPreconditions } from '../http/preconditions.ts';
import type { Asker } from './asker.ts';
import type { Opened } from './opening.ts';
import type { OpeningRefusal } from './read-submission.ts';

type Asked<Code extends CommandRefusal> = Conditioned &
  Asker<Code | OpeningRefusal | 'submission-concluded'> & { params: { id: string } };

type OpenSubmission = (asker: Asker<OpeningRefusal>, id: string) => Promise<Opened>;

/** Gives a command, on condition of what the person was shown if the request says so (contract H34). */
export function changeSubmission<Value, Code extends CommandRefusal>(
  gate: { open: OpenSubmission },
  command: (opened: Opened, condition: Conditional) => Promise<CommandResult<Value, Code>>,
) {
  return async (asked: Asked<Code>): Promise<Value> => {
    const { params, refuse } = asked;
    const open = () => gate.open(asked, params.id);
    const opened = await open();
    const shown = async () => (await open()).shown();
    return underPreconditions(asked, shown, async (condition) => doneInTime(await command(opened, condition), refuse));
  };
}
