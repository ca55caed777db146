import { addressOf, attendanceOf, conclusionOf, generationOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { ProveCommand, Proved } from '../workflow/commands.ts';
import { askedAnew } from './answer-letters.ts';
import { type Change, withCommand, withReleases } from './change.ts';
import { withProvedAddress } from './change-address.ts';
import { withInvitations } from './co-speakers.ts';
import type { Applied, CommandRule, MeetingText } from './command.ts';
import { refuse } from './refusal.ts';
import { withdrawn } from './speaker.ts';
import { slotOf } from './steps.ts';

/** Whoever reads the mail to an address says whether the submission is theirs (contract H38). */
export const prove: CommandRule<ProveCommand, Proved, MeetingText> = {
  description: 'Whoever reads the mail to the address says whether the submission is theirs',
  waitsForOutcome: true,

  check({ state }, { address, answer }) {
    if (state.pendingAddress?.number === address) return;
    // A link to an address that isn't used any more has ended.
    if (addressOf(state) !== address) refuse('unauthorized', 'The address is no longer used');
    // Whoever reads the mail has the last word about an address that isn't proved, whatever the submitter has ended.
    const hasEnded = state.silenced ? answer === 'mine' : state.proved && state.tokensEnded;
    if (hasEnded) refuse('unauthorized', 'The link has ended');
  },

  apply({ state, submission, now }, { address, answer }) {
    const isPending = state.pendingAddress?.number === address;
    if (answer === 'not-mine') return isPending ? refusedPending(state, now) : refused(state, submission, now);
    const { change, result } = isPending ? provedPending(state, now) : proved(state, now);
    if (change === undefined) return { result };
    return { change: { ...change, ...withInvitations({ ...state, ...change }, submission, now) }, result };
  },
};

function refusedPending(state: SubmissionState, now: string): Applied<Proved> {
  const line = withCommand(state, { by: 'speaker', command: 'refuse-address' }, now);
  return { change: { pendingAddress: undefined, ...line }, result: {} };
}

function provedPending(state: SubmissionState, now: string): Applied<Proved> {
  const change = {
    ...withProvedAddress(state, now),
    ...withCommand(state, { by: 'speaker', command: 'prove-address' }, now),
  };
  return { change, result: { generation: generationOf(state) + 1 } };
}

function proved(state: SubmissionState, now: string): Applied<Proved> {
  const result = { generation: generationOf(state) };
  if (state.proved) return { result: { ...result, wasProved: true } };
  const line = withCommand(state, { by: 'speaker', command: 'prove-address' }, now);
  return { change: { proved: true, tokensEnded: undefined, ...line, ...askedAnew(state) }, result };
}

/** It leaves the selection, its tokens end, and nothing more is sent to the address. */
function refused(state: SubmissionState, submission: Submission, now: string): Applied<Proved> {
  if (state.silenced) return { result: {} };
  const change: Change = {
    silenced: true,
    proved: undefined,
    tokensEnded: true,
    pendingAddress: undefined,
    generation: generationOf(state) + 1,
    ...withCommand(state, { by: 'speaker', command: 'refuse-address' }, now),
    ...left(state, submission, now),
  };
  return { change, result: {} };
}

function left(state: SubmissionState, submission: Submission, now: string): Change {
  if (conclusionOf(state) === undefined) return withdrawn(state, submission, now);
  const { course } = state;
  const standing = attendanceOf(state)?.answer;
  // Nobody is asked for an answer: the organisers decide what becomes of its place.
  if (course.at === 'accepted' && standing === undefined) return withReleases(state, now, 'declined');
  if (course.at !== 'accepted' || (standing !== 'awaited' && standing !== 'confirmed')) return {};
  const answer = standing === 'awaited' ? 'declined' : 'canceled';
  return { course: { ...course, attendance: { answer }, ...slotOf(state) }, ...withReleases(state, now, answer) };
}
