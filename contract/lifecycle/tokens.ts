/** What becomes of the tokens to a submission (contract H40). */
import { addressOf, generationOf } from '../record.ts';
import type { EndTokensCommand, Renewed, UndoAddressCommand } from '../workflow/commands.ts';
import { withCommand } from './change.ts';
import { mayUndo, withFormerAddress } from './change-address.ts';
import { withInvitations } from './co-speakers.ts';
import { assertNotTooMany, type CommandRule, type MeetingText } from './command.ts';
import { refuse } from './refusal.ts';
import { assertTokenStands } from './speaker.ts';

/** Of its own: whoever has a stolen token and uses up what else there is can't keep it alive. */
const share = 'speaker: tokens';

/** The speaker ends all tokens of before, those in mails too. Returns the generation that counts from now on. */
export const endTokens: CommandRule<EndTokensCommand, Renewed> = {
  description: 'The speaker ends the older tokens',

  check({ state }, command) {
    assertTokenStands(state, command);
    assertNotTooMany(state, share);
  },

  apply({ state, now }) {
    const generation = generationOf(state) + 1;
    const line = withCommand(state, { by: 'speaker', share, command: 'end-tokens' }, now);
    return { change: { generation, tokensEnded: true, ...line }, result: { generation } };
  },
};

/** Whoever reads the mail to the former address takes the submission back to it. */
export const undoAddress: CommandRule<UndoAddressCommand, Renewed, MeetingText> = {
  description: 'The former address takes the submission back',
  waitsForOutcome: true,

  check({ state, now }, { address }) {
    if (!mayUndo(state, address, now)) refuse('unauthorized', 'The link has ended');
  },

  apply({ state, submission, now }, { address }) {
    const wasDone = state.undos?.some((one) => one.isDone && one.address === address);
    const isDone = wasDone && address === addressOf(state) && state.pendingAddress === undefined;
    if (isDone) return { result: { generation: generationOf(state) } };
    const line = withCommand(state, { by: 'speaker', command: 'undo-address' }, now);
    const back = { ...withFormerAddress(state, address, now), ...line };
    const change = { ...back, ...withInvitations({ ...state, ...back }, submission, now) };
    return { change, result: { generation: generationOf(state) + 1 } };
  },
};
