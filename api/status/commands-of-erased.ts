import type { SubmissionId } from '../../contract/submission-id.ts';
import type { CommandRefusal } from '../../contract/workflow/errors.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Store } from '../../store/store.ts';
import type { CommandOptions, CommandResult, Commands } from '../../temporal/commands.ts';
import { readRecord } from './read-record.ts';

export function withErasures(commands: Commands, { find }: Pick<Store['records'], 'find'>): Commands {
  return {
    review: unlessErased(commands.review),
    declareConflict: unlessErased(commands.declareConflict),
    decide: unlessErased(commands.decide),
    reschedule: unlessErased(commands.reschedule),
    setProcessing: unlessErased(commands.setProcessing),
    answer: unlessErased(commands.answer),
    correctAddress: unlessErased(commands.correctAddress),
    settleLetter: unlessErased(commands.settleLetter),
    hold: commands.hold,
    cancel: unlessErased(commands.cancel),
    edit: unlessErased(commands.edit),
    prove: unlessErased(commands.prove),
    answerAsCoSpeaker: unlessErased(commands.answerAsCoSpeaker),
    handOver: unlessErased(commands.handOver),
    undoAddress: unlessErased(commands.undoAddress),
    endTokens: unlessErased(commands.endTokens),
    setReminders: unlessErased(commands.setReminders),
    startForOne: commands.startForOne,
    recordOf: commands.recordOf,
    startOf: commands.startOf,
  };

  function unlessErased<Argument, Value, Code extends CommandRefusal>(
    command: (id: SubmissionId, argument: Argument, options: CommandOptions) => Promise<CommandResult<Value, Code>>,
  ): typeof command {
    return async (id, argument, options) => {
      const result = await command(id, argument, options);
      const isErased = result.kind === 'over' && (await readErased(id, options.deadline));
      return isErased ? { kind: 'refused', code: 'erased', details: {} } : result;
    };
  }

  async function readErased(id: SubmissionId, deadline: Deadline): Promise<boolean> {
    const found = await readRecord(find(id), deadline).catch(() => undefined);
    return found?.kind === 'erased';
  }
}
