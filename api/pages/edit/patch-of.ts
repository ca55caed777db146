import type { Call } from '../../../contract/call/call.ts';
import type { EditableField } from '../../../contract/call/editable-fields.ts';
import { contentOf, type TalkValues } from '../talk-form/talk-values.ts';

/** The merge patch that makes of a proposal what stands in the form; what can't be edited isn't in it. */
export function patchOf(values: TalkValues, call: Pick<Call, 'consents'>, editable: readonly EditableField[]): object {
  const { speaker, consents: _, ...talk } = contentOf(values, call);
  const ofTalk = given(talk);
  const ofSpeaker = given(speaker);
  const patch = new Map<string, unknown>();
  const person = new Map<string, unknown>();
  // What is empty in the form is removed.
  for (const field of editable) {
    const [, name] = /^speaker\.(.*)$/.exec(field) ?? [];
    if (name !== undefined) person.set(name, ofSpeaker.get(name) ?? null);
    else if (field !== 'consents') patch.set(field, ofTalk.get(field) ?? null);
    else if (call.consents.length > 0) patch.set(field, consentsIn(values, call));
  }
  if (person.size > 0) patch.set('speaker', Object.fromEntries(person));
  return Object.fromEntries(patch);
}

const given = (values: object): Map<string, unknown> => new Map<string, unknown>(Object.entries(values));

/** Each by itself, since the patch of an object is merged into it. */
function consentsIn({ consents: agreed }: TalkValues, { consents }: Pick<Call, 'consents'>): object {
  return Object.fromEntries(consents.map(({ id }) => [id, agreed[id] ?? null]));
}
