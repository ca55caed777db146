import { entityTagOf } from './entity-tag.ts';

/** A body as it is sent. */
export type Representation = { content: string; tag: string; fields: Record<string, string> };

const known = new WeakMap<object, Representation>();

/** Made once for each body, which must not change: the same status is read again and again. */
export function representationOf(body: object): Representation {
  const made = known.get(body);
  if (made !== undefined) return made;
  const content = JSON.stringify(body);
  const one = { content, tag: entityTagOf(content), fields: fieldsOf({ type: json, content }) };
  known.set(body, one);
  return one;
}

/** The tag that a document is answered with. */
export const tagOf = (document: object): string => representationOf(document).tag;

export const json = 'application/json';

/** An explicit length, so that HEAD has it too (contract H20). */
export function fieldsOf({ type, content }: { type: string; content: string | Uint8Array }): Record<string, string> {
  return { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(content)) };
}
