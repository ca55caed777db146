import type { Context } from 'hono';
import { answerSized } from '../http/answer-sized.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import type { Cache } from './definition.ts';
import type { AnyAnswer } from './route.ts';

/** Seconds: a browser doesn't reload it with every page, and soon sees a new version. */
const pageAge = 300;

/** Sends a handler's answer, with the headers of its cache policy. */
export function respond(c: Context, cache: Cache, { status, body, file, headers = {} }: AnyAnswer): Response {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) c.header(name, value);
  if (file === undefined && cache === 'revalidate') return answerTagged(c, JSON.stringify(body), status);
  c.header('Cache-Control', policies[cache]);
  if (file === undefined) return answerSized(c, status, 'application/json', JSON.stringify(body));
  if (!(file.content instanceof ReadableStream)) return answerSized(c, status, file.type, file.content);
  c.header('Content-Type', file.type);
  return c.body(file.content, status);
}

/** A streamed file has no entity tag: its bytes aren't known before. */
const policies = {
  'no-store': 'no-store',
  revalidate: 'private, no-cache',
  public: `public, max-age=${pageAge}`,
} as const satisfies Record<Cache, string>;
