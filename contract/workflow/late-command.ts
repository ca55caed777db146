import type {
  CancelCommand,
  CoSpeakerCommand,
  EndTokensCommand,
  ProveCommand,
  UndoAddressCommand,
} from './commands.ts';

/** A command that makes sense when the submission is over, and its workflow has ended. */
export type LateCommand =
  | { name: 'cancel'; command: CancelCommand }
  | { name: 'prove'; command: ProveCommand }
  | { name: 'answerAsCoSpeaker'; command: CoSpeakerCommand }
  | { name: 'undoAddress'; command: UndoAddressCommand }
  | { name: 'endTokens'; command: EndTokensCommand };
