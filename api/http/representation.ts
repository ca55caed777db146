import { entityTagOf } from './entity-tag.ts';

/** A body as it is sent. */
export type Representation = { content: string; length: string; tag: string };

const known = new WeakMap<object, Representation>();

/** Made once for each body, which must not change: the same status is read again and again. */
export function representationOf(body: object): Representation {
  const made = known.get(body);
  if (made !== undefined) return made;
  const content = JSON.stringify(body);
  const one = { content, length: String(Buffer.byteLength(content)), tag: entityTagOf(content) };
  known.set(body, one);
  return one;
}

/** The tag that a document is answered with. */
export const tagOf = (document: object): string => representationOf(document).tag;
