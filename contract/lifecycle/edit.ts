import type { EditableField } from '../call/editable-fields.ts';
import { rejecting } from '../findings.ts';
import { editionOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { EditCommand, Edited } from '../workflow/commands.ts';
import { afterEdit } from './after-edit.ts';
import { type Change, withCommand } from './change.ts';
import type { CommandRule } from './command.ts';
import { editable } from './editable.ts';
import { refuse } from './refusal.ts';
import { assertTokenStands } from './speaker.ts';
import type { Judgement } from './steps.ts';

/** All of them are kept, in the record. */
const mostEditions = 100;

/** What an edit does to the text that stands. `judgement`: of the new text, by the moderation; missing until it is there. */
export type Edit = Pick<EditCommand, 'generation' | 'onlyIf' | 'email'> & {
  changed: EditableField[];
  removed?: string[];
  judgement?: Judgement;
};

/** The speaker corrects the text. `onlyIf` is its version, since nothing else of the submission is part of what is edited. */
export const edit: CommandRule<Edit, Edited> = {
  description: 'The speaker edits the text',
  waitsForOutcome: true,

  check({ state, rules, now }, { changed, email, judgement, ...command }) {
    assertTokenStands(state, command);
    if (changed.length === 0 && email === undefined) return;
    const may = editable(state, rules, now);
    if ('over' in may) return refuse('edits-over', 'It is too late to edit it', { until: may.over });
    assertAmong(may.fields, changed);
    if (email !== undefined) refuseAddress();
    if (command.onlyIf !== undefined && command.onlyIf !== editionOf(state))
      refuse('precondition-failed', 'The text has changed');
    if (editionOf(state) >= mostEditions)
      refuse('too-many-commands', `${mostEditions} versions of a text are the most that it takes`);
    if (judgement) assertNotRejected(judgement);
  },

  apply({ state, rules, now }, { changed, removed = [], judgement }) {
    if (changed.length === 0) return { result: { edition: editionOf(state) } };
    const edition = editionOf(state) + 1;
    const change: Change = {
      edition,
      edits: [...(state.edits ?? []), { at: now, fields: changed }],
      ...withRemoved(state, removed),
      ...withCommand(state, { by: 'speaker', command: 'edit', detail: changed.join(', ') }, now),
      ...afterEdit(state, rules, judgement, now),
    };
    return { change, result: { edition } };
  },
};

function assertAmong(fields: readonly EditableField[], changed: readonly EditableField[]): void {
  const errors = changed
    .filter((field) => !fields.includes(field))
    .map((field) => ({ pointer: pointerTo(field), detail: "can't be edited any more" }));
  if (errors.length > 0) refuse('invalid-submission', 'Some of it can no longer be edited', { errors });
}

const pointerTo = (field: EditableField) => `/${field.replace('.', '/')}`;

function refuseAddress(): never {
  const errors = [{ pointer: '/speaker/email', detail: "can't be changed here yet" }];
  return refuse('invalid-submission', "The address can't be changed here yet", { errors });
}

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
