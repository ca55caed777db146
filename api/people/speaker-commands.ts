import { answerAsCoSpeaker } from '../../contract/lifecycle/co-speakers.ts';
import { prove } from '../../contract/lifecycle/prove.ts';
import { endTokens, undoAddress } from '../../contract/lifecycle/tokens.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type {
  CoSpeakerCommand,
  EndTokensCommand,
  ProveCommand,
  UndoAddressCommand,
} from '../../contract/workflow/commands.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import type { CommandOptions, Commands } from '../../temporal/commands.ts';
import { createGiveCommandLate, type GiveLateDependencies } from './give-command-late.ts';

type Dependencies = GiveLateDependencies & {
  commands: Pick<Commands, 'prove' | 'answerAsCoSpeaker' | 'undoAddress' | 'endTokens' | 'startForOne'>;
  now: () => Date;
};

export type SpeakerCommands = ReturnType<typeof createSpeakerCommands>;

/** Commands that a speaker may also give when the submission is over. */
export function createSpeakerCommands({ now, ...dependencies }: Dependencies) {
  const giveCommandLate = createGiveCommandLate(dependencies);
  const { commands } = dependencies;
  const at = () => now().toISOString();

  return {
    prove: (id: SubmissionId, command: ProveCommand, options: CommandOptions) =>
      giveCommandLate(
        id,
        {
          ...{ rule: prove, codes: commandRefusals.prove, command, at: at() },
          inTime: () => commands.prove(id, command, options),
          late: { name: 'prove', command },
        },
        options.deadline,
      ),

    answerAsCoSpeaker: (id: SubmissionId, command: CoSpeakerCommand, options: CommandOptions) =>
      giveCommandLate(
        id,
        {
          ...{ rule: answerAsCoSpeaker, codes: commandRefusals.answerAsCoSpeaker, command, at: at() },
          inTime: () => commands.answerAsCoSpeaker(id, command, options),
          late: { name: 'answerAsCoSpeaker', command },
        },
        options.deadline,
      ),

    undoAddress: (id: SubmissionId, command: UndoAddressCommand, options: CommandOptions) =>
      giveCommandLate(
        id,
        {
          ...{ rule: undoAddress, codes: commandRefusals.undoAddress, command, at: at() },
          inTime: () => commands.undoAddress(id, command, options),
          late: { name: 'undoAddress', command },
        },
        options.deadline,
      ),

    endTokens: (id: SubmissionId, command: EndTokensCommand, options: CommandOptions) =>
      giveCommandLate(
        id,
        {
          ...{ rule: endTokens, codes: commandRefusals.endTokens, command, at: at() },
          inTime: () => commands.endTokens(id, command, options),
          late: { name: 'endTokens', command },
        },
        options.deadline,
      ),
  };
}
