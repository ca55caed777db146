import type { EditableField } from '../../../contract/call/editable-fields.ts';
import { LongText } from '../own/long-text.tsx';
import type { TalkValues } from '../talk-form/talk-values.ts';
import { texts } from '../texts.ts';

/** In place of a field that can't be changed: what stands, and why. */
export const Locked = ({ field, values }: { field: EditableField; values: TalkValues }) => (
  <div class="field">
    <p class="label">{texts.fields[field]}</p>
    <LongText>{wordsOf(field, values) || texts.edit.lockedNone}</LongText>
    <p class="hint">{texts.edit.locked}</p>
  </div>
);

function wordsOf(field: EditableField, values: TalkValues): string {
  if (field === 'coSpeakers') return values.coSpeakers.map(({ name, email }) => `${name} (${email})`).join('\n');
  if (field === 'consents')
    return Object.entries(values.consents)
      .map(([id, version]) => `${id}: ${texts.own.consentGiven(version)}`)
      .join('\n');
  return values[field];
}
