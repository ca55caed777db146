import type { EditableField } from '../call/editable-fields.ts';
import { conclusionOf, editionOf, stillNamed } from '../record.ts';
import type { Submission } from '../submission.ts';
import { mostEditions } from '../submission-limits.ts';
import type { HandOverCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { withCommand } from './change.ts';
import { assertFewAddresses, withNextHolder } from './change-address.ts';
import { withoutCoSpeakers } from './co-speakers.ts';
import type { CommandRule, MeetingText } from './command.ts';
import { withEdition } from './edit.ts';
import { refuse } from './refusal.ts';
import { assertTokenStands } from './speaker.ts';

/** The main speaker leaves the talk to a co-speaker who has accepted, and whose mail is proved by that (contract H42). */
export const handOver: CommandRule<HandOverCommand, void, MeetingText> = {
  description: 'The speaker hands the talk over to a co-speaker',
  waitsForOutcome: true,

  check(meeting, command) {
    const { state } = meeting;
    assertTokenStands(state, command);
    const kind = conclusionOf(state)?.kind;
    if (kind !== undefined && kind !== 'accepted') refuse(alreadyConcluded, `The submission is ${kind}`);
    if (nextIn(meeting, command) === undefined)
      refuse('not-a-co-speaker', 'Only to a co-speaker who has accepted, it can be handed over');
    assertFewAddresses(state);
    if (editionOf(state) >= mostEditions) refuse('too-many-commands', 'Its text has changed too often');
  },

  apply(meeting, command) {
    const { state, submission, now } = meeting;
    const next = nextIn(meeting, command);
    if (next === undefined) return { result: undefined };
    const { name, email } = next;
    const change = {
      noReminders: undefined,
      ...withEdition(state, [...fields], now),
      ...withoutCoSpeakers(state, [email]),
      ...withNextHolder(state, { submitted: submission.speaker.email, email }, now),
      ...withCommand(state, { by: 'speaker', command: 'hand-over' }, now),
    };
    return { change, text: withSpeaker(submission, { name, email }), result: undefined };
  },
};

const fields = ['speaker.name', 'speaker.bio', 'speaker.country', 'coSpeakers'] as const satisfies EditableField[];

function nextIn({ state, submission }: Pick<MeetingText, 'state' | 'submission'>, { to }: HandOverCommand) {
  return stillNamed(submission, state).find(({ email, answer }) => email === to && answer === 'accepted');
}

/** The address of the text stays the one submitted: the state has the one that counts. */
function withSpeaker(
  { speaker, coSpeakers = [], ...text }: Submission,
  { name, email }: { name: string; email: string },
): Submission {
  const others = coSpeakers.filter((one) => one.email !== email);
  return { ...text, speaker: { name, email: speaker.email }, ...(others.length > 0 && { coSpeakers: others }) };
}
