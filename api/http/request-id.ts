import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';

const valid = /^[\w=-]{1,255}$/;

/** Id of a request in the log: the one that was sent, if it is valid, or a new one. The same whenever it is asked for. */
export function requestIdOf(c: Context): string {
  const known: string | undefined = c.get('requestId');
  if (known !== undefined) return known;
  const sent = c.req.header('X-Request-Id');
  const id = sent !== undefined && valid.test(sent) ? sent : randomUUID();
  c.set('requestId', id);
  return id;
}
