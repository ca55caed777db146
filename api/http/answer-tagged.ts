import type { Context } from 'hono';
import { answerSized } from './answer-sized.ts';
import { entityTagOf, isKnown } from './entity-tag.ts';

/**
 * Answers with an entity tag of exactly this content, and with 304 if the client already has it (contract H17). A proxy
 * that compressed it would give the tag to other bytes, hence `no-transform` (contract H35).
 */
export function answerTagged(c: Context, content: string, code: 200 | 202 = 200): Response {
  const tag = entityTagOf(content);
  c.header('ETag', tag);
  c.header('Cache-Control', 'private, no-cache, no-transform');
  if (isKnown(tag, c.req.header('If-None-Match'))) return c.body(null, 304);
  return answerSized(c, code, 'application/json', content);
}
