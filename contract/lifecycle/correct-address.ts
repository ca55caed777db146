import type { CorrectAddressCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { withCommand } from './change.ts';
import { assertFewAddresses, mayStillChangeAddress, namedAddress, withPendingAddress } from './change-address.ts';
import { assertImpartial, assertNotTooMany, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Names another address for the speaker, which is theirs once it is proved. */
export const correctAddress: CommandRule<CorrectAddressCommand, void> = {
  description: "An organiser corrects the speaker's address",
  waitsForOutcome: true,

  check({ state }, command) {
    assertImpartial(state, command.by);
    if (!mayStillChangeAddress(state)) refuse(alreadyConcluded, 'Nothing more is sent to the speaker');
    if (namedAddress(state, command.from) === command.email) return;
    assertNotTooMany(state, command.by);
    assertFewAddresses(state);
    assertUnchanged(state, command);
  },

  apply({ state, now }, { by, from, email, reason }) {
    if (namedAddress(state, from) === email) return { result: undefined };
    const change = {
      ...withPendingAddress(state, { submitted: from, email, by }, now),
      ...withCommand(state, { by, command: 'correct-address', reason }, now),
    };
    return { change, result: undefined };
  },
};
