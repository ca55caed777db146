import { attendanceOf, conclusionOf, isOnWaitlist } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { CorrectAddressCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { type Change, withCommand, withReleases } from './change.ts';
import { assertImpartial, assertNotTooMany, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** They are part of the state that each run of the workflow carries over. */
const mostAddresses = 20;

/** Replaces the speaker's address. An answer that they owe is asked for anew, with its whole time. */
export const correctAddress: CommandRule<CorrectAddressCommand, void> = {
  description: "An organiser corrects the speaker's address",
  waitsForOutcome: true,

  check({ state }, command) {
    assertImpartial(state, command.by);
    if (!mayStillChange(state)) refuse(alreadyConcluded, 'Nothing more is sent to the speaker');
    if (addressesIn(state, command).at(-1) === command.email) return;
    assertNotTooMany(state, command.by);
    if ((state.addresses?.length ?? 0) >= mostAddresses)
      refuse('too-many-commands', `${mostAddresses} addresses of one speaker are the most that it takes`);
    assertUnchanged(state, command);
  },

  apply({ state, now }, command) {
    const { by, email, reason } = command;
    const addresses = addressesIn(state, command);
    if (addresses.at(-1) === email) return { result: undefined };
    const change: Change = {
      addresses: [...addresses, email],
      ...withCommand(state, { by, command: 'correct-address', reason }, now),
      ...toldAnew(state, now),
    };
    return { change, result: undefined };
  },
};

function addressesIn({ addresses }: SubmissionState, { from }: CorrectAddressCommand): string[] {
  return addresses ?? [from];
}

function mayStillChange(state: SubmissionState): boolean {
  if (conclusionOf(state) === undefined) return true;
  const answer = attendanceOf(state)?.answer;
  return answer === 'awaited' || answer === 'confirmed';
}

/** The new address is sent a link: with the answer, if there is one, or by itself. The old address is told that it is no longer used. */
function toldAnew(state: SubmissionState, now: string): Change {
  const { course } = state;
  if (course.at === 'accepted' && course.attendance?.answer === 'awaited')
    return {
      course: { ...course, attendance: { ...course.attendance, anew: 'acceptance' } },
      ...withReleases(state, now, 'address-replaced'),
    };
  return withReleases(state, now, 'address-replaced', isOnWaitlist(state) ? 'waitlisted' : 'address-corrected');
}
