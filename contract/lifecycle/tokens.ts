/** What becomes of the tokens to a submission (contract H40). */
import { addressOf, generationOf } from '../record.ts';
import type { EndTokensCommand, Renewed, UndoAddressCommand } from '../workflow/commands.ts';
import { withCommand } from './change.ts';
import { mayUndo, withFormerAddress } from './change-address.ts';
import { assertNotTooMany, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';
import { assertTokenStands } from './speaker.ts';

/** The speaker ends all tokens of before, those in mails too. Returns the generation that counts from now on. */
export const endTokens: CommandRule<EndTokensCommand, Renewed> = {
  description: 'The speaker ends the older tokens',

  check({ state }, command) {
    assertTokenStands(state, command);
    assertNotTooMany(state, 'speaker');
  },

  apply({ state, now }) {
    const generation = generationOf(state) + 1;
    const line = withCommand(state, { by: 'speaker', command: 'end-tokens' }, now);
    return { change: { generation, tokensEnded: true, ...line }, result: { generation } };
  },
};

/** Whoever reads the mail to the former address takes the submission back to it. */
export const undoAddress: CommandRule<UndoAddressCommand, Renewed> = {
  description: 'The former address takes the submission back',
  waitsForOutcome: true,

  check({ state, now }, { address }) {
    if (!mayUndo(state, address, now)) refuse('unauthorized', 'The link has ended');
  },

  apply({ state, now }, { address }) {
    const isDone = state.undo?.isDone && address === addressOf(state) && state.pendingAddress === undefined;
    if (isDone) return { result: { generation: generationOf(state) } };
    const line = withCommand(state, { by: 'speaker', command: 'undo-address' }, now);
    const change = { ...withFormerAddress(state, address, now), ...line };
    return { change, result: { generation: generationOf(state) + 1 } };
  },
};
