import type { EditableField } from '../call/editable-fields.ts';
import { rejecting } from '../findings.ts';
import { editionOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import { mostEditions } from '../submission-limits.ts';
import type { EditCommand, Edited } from '../workflow/commands.ts';
import { afterEdit } from './after-edit.ts';
import { type Change, withCommand } from './change.ts';
import { assertFewAddresses, mayStillChangeAddress, namedAddress, withPendingAddress } from './change-address.ts';
import { withInvitations, withoutCoSpeakers } from './co-speakers.ts';
import type { CommandRule, MeetingText } from './command.ts';
import { editable } from './editable.ts';
import { refuse } from './refusal.ts';
import { assertTokenStands } from './speaker.ts';
import type { Judgement } from './steps.ts';

/** What an edit does to the text that stands. `judgement`: of the new text, by the moderation; missing until it is there. */
export type Edit = Pick<EditCommand, 'generation' | 'onlyIf' | 'email'> & {
  changed: EditableField[];
  removed?: string[];
  coSpeakers?: Submission['coSpeakers'];
  judgement?: Judgement;
};

/** The speaker corrects the text. `onlyIf` is its version, since nothing else of the submission is part of what is edited. */
export const edit: CommandRule<Edit, Edited, MeetingText> = {
  description: 'The speaker edits the text',
  waitsForOutcome: true,

  check({ state, submission, rules, now }, { changed, email, judgement, ...command }) {
    assertTokenStands(state, command);
    if (changed.length === 0 && email === undefined) return;
    const may = editable(state, rules, now);
    // An address may be changed for as long as mail to it may follow: nobody is to be forgotten.
    if ('over' in may && (changed.length > 0 || !mayStillChangeAddress(state)))
      return refuse('edits-over', 'It is too late to edit it', { until: may.over });
    assertAmong('over' in may ? [] : may.fields, changed);
    if (isOther(state, submission, email)) assertFewAddresses(state);
    if (command.onlyIf !== undefined && command.onlyIf !== editionOf(state))
      refuse('precondition-failed', 'The text has changed');
    if (changed.length > 0 && editionOf(state) >= mostEditions)
      refuse('too-many-commands', `${mostEditions} versions of a text are the most that it takes`);
    if (judgement) assertNotRejected(judgement);
  },

  apply({ state, submission, rules, now }, { changed, removed = [], coSpeakers, email, judgement }) {
    const named = isOther(state, submission, email) && { submitted: submission.speaker.email, email };
    if (changed.length === 0) {
      const line = withCommand(state, { by: 'speaker', command: 'change-address' }, now);
      const change = named && { ...withPendingAddress(state, named, now), ...line };
      return { ...(change && { change }), result: { edition: editionOf(state) } };
    }
    const edition = withEdition(state, changed, now);
    const edited: Change = {
      ...edition,
      ...withRemoved(state, removed),
      ...withoutCoSpeakers(state, removed),
      ...withCommand(state, { by: 'speaker', command: 'edit', detail: changed.join(', ') }, now),
      ...afterEdit(state, rules, judgement, now),
    };
    const moved = named && withPendingAddress({ ...state, ...edited }, named, now);
    const change = { ...edited, ...moved };
    return {
      change: { ...change, ...withInvitations({ ...state, ...change }, { coSpeakers }, now) },
      result: { edition: edition.edition },
    };
  },
};

/** The text that comes of an edit is another version. */
export function withEdition(state: SubmissionState, fields: EditableField[], at: string) {
  return { edition: editionOf(state) + 1, edits: [...(state.edits ?? []), { at, fields }] };
}

/** Whether the edit names another address than the one that counts, or will once it is proved. */
function isOther(state: SubmissionState, { speaker }: Submission, email: string | undefined): email is string {
  return email !== undefined && email !== namedAddress(state, speaker.email);
}

function assertAmong(fields: readonly EditableField[], changed: readonly EditableField[]): void {
  const errors = changed
    .filter((field) => !fields.includes(field))
    .map((field) => ({ pointer: pointerTo(field), detail: "can't be edited any more" }));
  if (errors.length > 0) refuse('invalid-submission', 'Some of it can no longer be edited', { errors });
}

const pointerTo = (field: EditableField) => `/${field.replace('.', '/')}`;

/** What a text is rejected for is no reason to lose the one that stands: the speaker is told, and corrects it. */
function assertNotRejected({ outcome, findings }: Judgement): void {
  if (outcome !== 'rejected') return;
  const errors = rejecting(findings).map(({ detail }) => ({ pointer: '/description', detail }));
  refuse('invalid-submission', 'The call rejects such a text', { errors });
}

/** More than a speaker names by mistake. */
const mostFormer = 100;

function withRemoved({ formerCoSpeakers = [] }: SubmissionState, removed: readonly string[]): Change {
  if (removed.length === 0) return {};
  return { formerCoSpeakers: [...new Set([...formerCoSpeakers, ...removed])].slice(0, mostFormer) };
}
