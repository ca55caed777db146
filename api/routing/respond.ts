import type { Context } from 'hono';
import { isKnown } from '../http/entity-tag.ts';
import { fieldsOf, json, representationOf } from '../http/representation.ts';
import type { Send } from '../http/send.ts';
import type { Cache } from './definition.ts';
import type { AnyAnswer } from './route.ts';

/** Seconds: a browser doesn't reload it with every page, and soon sees a new version. */
const pageAge = 300;

/** Seconds: forms are built from the call, whose dates may be moved. */
const sharedAge = 60;

/** Sends a handler's answer, with the headers of its cache policy. */
export function respond(send: Send, c: Context, cache: Cache, answer: AnyAnswer): Response {
  const { status, body = {}, file, headers } = answer;
  if (status === 204) return send(c, status, [headers, { 'Cache-Control': policies[cache] }], null);
  if (file !== undefined)
    return send(c, status, [headers, { 'Cache-Control': policies[cache] }, described(file)], file.content);
  const policy = taggedPolicies[cache];
  if (policy !== undefined) return sendTagged(send, c, body, answer, policy);
  const content = JSON.stringify(body);
  return send(c, status, [headers, { 'Cache-Control': policies[cache] }, fieldsOf({ type: json, content })], content);
}

/**
 * Sends a body with the entity tag of exactly its content, or 304 if the client already has it (contract H17). A proxy that
 * compressed it would give the tag to other bytes, hence `no-transform` (contract H35).
 */
function sendTagged(send: Send, c: Context, body: object, { status, headers }: AnyAnswer, policy: string): Response {
  const { content, tag, fields } = representationOf(body);
  const tagged = { 'Cache-Control': policy, ETag: tag };
  if (isKnown(tag, c.req.header('If-None-Match'))) return send(c, 304, [headers, tagged], null);
  return send(c, status, [headers, tagged, fields], content);
}

function described({ type, content }: NonNullable<AnyAnswer['file']>): Record<string, string> {
  return content instanceof ReadableStream ? { 'Content-Type': type } : fieldsOf({ type, content });
}

/** A streamed file has no entity tag: its bytes aren't known before. */
const policies = {
  'no-store': 'no-store',
  // The tag is that of exactly these bytes (contract H35).
  tagged: 'no-store, no-transform',
  revalidate: 'private, no-cache',
  public: `public, max-age=${pageAge}`,
  shared: `public, max-age=${sharedAge}`,
} as const satisfies Record<Cache, string>;

/** Those that go with a tag. Made once, as flat strings: a poll costs so little that making them would show. */
const taggedPolicies: Partial<Record<Cache, string>> = {
  revalidate: 'private, no-cache, no-transform',
  shared: `public, max-age=${sharedAge}, no-transform`,
};
