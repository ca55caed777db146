import type { Context } from 'hono';
import { answerSized } from './answer-sized.ts';
import { entityTagOf, isKnown } from './entity-tag.ts';

/**
 * An answer that its client may keep, and ask for again: with a tag of exactly what this client is given, and 304 for
 * whoever has it (contract H17). A proxy that compressed it would give the tag to other bytes (contract H35).
 */
export function answerTagged(c: Context, content: string, code: 200 | 202 = 200): Response {
  const tag = entityTagOf(content);
  c.header('ETag', tag);
  c.header('Cache-Control', 'private, no-cache, no-transform');
  if (isKnown(tag, c.req.header('If-None-Match'))) return c.body(null, 304);
  return answerSized(c, code, 'application/json', content);
}
