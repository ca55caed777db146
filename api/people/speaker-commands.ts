import { answerAsCoSpeaker } from '../../contract/lifecycle/co-speakers.ts';
import type { CommandRule, MeetingText } from '../../contract/lifecycle/command.ts';
import { prove } from '../../contract/lifecycle/prove.ts';
import { endTokens, undoAddress } from '../../contract/lifecycle/tokens.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Conditional } from '../../contract/workflow/commands.ts';
import { type CommandRefusal, commandRefusals } from '../../contract/workflow/errors.ts';
import type { LateCommand } from '../../contract/workflow/late-command.ts';
import type { CommandOptions, CommandResult, Commands } from '../../temporal/commands.ts';
import { createGiveCommandLate, type GiveLateDependencies, type LateOptions } from './give-command-late.ts';

type Dependencies = GiveLateDependencies & {
  commands: Pick<Commands, 'prove' | 'answerAsCoSpeaker' | 'undoAddress' | 'endTokens' | 'startForOne'>;
  now: () => Date;
};

export type SpeakerCommands = ReturnType<typeof createSpeakerCommands>;

/** Commands that a speaker may also give when the submission is over. */
export function createSpeakerCommands({ now, ...dependencies }: Dependencies) {
  const giveCommandLate = createGiveCommandLate(dependencies);
  const { commands } = dependencies;

  /** @param inTime gives it to the workflow @param late what a run for it alone is given */
  const give =
    <Command extends Conditional, Value, Code extends CommandRefusal>(
      rule: CommandRule<Command, Value, MeetingText>,
      codes: readonly Code[],
      inTime: (id: SubmissionId, command: Command, options: CommandOptions) => Promise<CommandResult<Value, Code>>,
      late: (command: Command) => LateCommand,
    ) =>
    (id: SubmissionId, command: Command, options: CommandOptions & LateOptions) =>
      giveCommandLate(
        id,
        {
          ...{ rule, codes, command, at: now().toISOString() },
          inTime: () => inTime(id, command, options),
          late: late(command),
        },
        options,
      );

  return {
    prove: give(prove, commandRefusals.prove, commands.prove, (command) => ({ name: 'prove', command })),
    answerAsCoSpeaker: give(
      answerAsCoSpeaker,
      commandRefusals.answerAsCoSpeaker,
      commands.answerAsCoSpeaker,
      (command) => ({ name: 'answerAsCoSpeaker', command }),
    ),
    undoAddress: give(undoAddress, commandRefusals.undoAddress, commands.undoAddress, (command) => ({
      name: 'undoAddress',
      command,
    })),
    endTokens: give(endTokens, commandRefusals.endTokens, commands.endTokens, (command) => ({
      name: 'endTokens',
      command,
    })),
  };
}
