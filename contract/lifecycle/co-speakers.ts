import { conclusionOf, stillNamed } from '../record.ts';
import type { InvitedCoSpeaker, SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { CoSpeakerCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { type Change, type Letter, withCommand, withReleases } from './change.ts';
import { assertNotTooMany, type CommandRule, type MeetingText } from './command.ts';
import { refuse } from './refusal.ts';

/** However often the text is edited: each is a mail to somebody who has not asked for it. */
const mostInvited = 20;

/** Invites the co-speakers who aren't invited yet, once the main speaker has proved the submission (contract H42). */
export function withInvitations(
  state: SubmissionState,
  { coSpeakers = [] }: { coSpeakers?: Submission['coSpeakers'] | undefined },
  now: string,
): Change {
  const { coSpeakers: invited = [] } = state;
  if (!state.proved || hasLeft(state)) return {};
  const others = coSpeakers.filter(({ email }) => invited.every((one) => one.isRemoved || one.email !== email));
  const more = others
    .map(({ name, email }, at) => ({ number: invited.length + at + 1, name, email }))
    .filter(({ number }) => number <= mostInvited);
  if (more.length === 0) return {};
  const letters = more.map(({ number }): Letter => ({ name: 'co-speaker-invited', coSpeaker: number }));
  return { coSpeakers: [...invited, ...more], ...withReleases(state, now, ...letters) };
}

/** An answer was given to the invitation of before, and is worth nothing when they are named again. */
export function withoutCoSpeakers({ coSpeakers }: SubmissionState, removed: readonly string[]): Change {
  const isAmong = ({ email, isRemoved }: InvitedCoSpeaker) => !isRemoved && removed.includes(email);
  if (!coSpeakers?.some(isAmong)) return {};
  return { coSpeakers: coSpeakers.map((one) => (isAmong(one) ? { ...one, isRemoved: true } : one)) };
}

/** Letters to the co-speakers who have accepted, and are still named. */
export function toCoSpeakers(state: SubmissionState, submission: Pick<Submission, 'coSpeakers'>): Letter[] {
  return stillNamed(submission, state)
    .filter(({ answer }) => answer === 'accepted')
    .map(({ number }) => ({ name: 'co-speaker-told', coSpeaker: number }));
}

const shareOf = (number: number) => `co-speaker ${number}`;

/** A co-speaker accepts or declines, as often as they change their mind. */
export const answerAsCoSpeaker: CommandRule<CoSpeakerCommand, void, MeetingText> = {
  description: 'A co-speaker accepts or declines',

  check(meeting, { number, answer }) {
    const { state } = meeting;
    const own = invitedIn(meeting, number) ?? refuse('unauthorized', 'The invitation has ended');
    if (own.answer === answer) return;
    if (hasLeft(state)) refuse(alreadyConcluded, 'The submission has ended');
    assertNotTooMany(state, shareOf(number));
  },

  apply({ state, now }, { number, answer }) {
    const { coSpeakers = [] } = state;
    const own = coSpeakers.find((one) => one.number === number);
    if (own === undefined || own.answer === answer) return { result: undefined };
    const change = {
      coSpeakers: coSpeakers.map((one) => (one === own ? { ...own, answer } : one)),
      ...withCommand(state, { by: 'co-speaker', share: shareOf(number), command: 'co-speaker', detail: answer }, now),
    };
    return { change, result: undefined };
  },
};

function invitedIn(
  { state, submission }: Pick<MeetingText, 'state' | 'submission'>,
  number: number,
): InvitedCoSpeaker | undefined {
  return stillNamed(submission, state).find((one) => one.number === number);
}

/** There is nothing left to be a speaker of. */
function hasLeft(state: SubmissionState): boolean {
  const kind = conclusionOf(state)?.kind;
  return kind !== undefined && kind !== 'accepted';
}
