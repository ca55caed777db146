import { isBearerToken } from '../contract/http/bearer-token.ts';
import type { Answer, Question } from './answer.ts';
import { type Options, openSession, requestTimeout } from './session.ts';

export type Sent<Document> = Pick<Question<Document>, 'url' | 'is'> & {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  content?: object;
  headers?: Record<string, string>;
};

/** Sends a request that is safe to repeat. Temporary failures are retried. */
export async function send<Document extends object>(
  { url, is, method, content, headers = {} }: Sent<Document>,
  { timeout = requestTimeout, ...options }: Options,
): Promise<Answer<Document>> {
  const type = content === undefined ? {} : { 'Content-Type': 'application/json' };
  // Before the session, which would retry an invalid request like a lost connection.
  const init = {
    method,
    headers: new Headers({ ...type, ...headers }),
    ...(content && { body: JSON.stringify(content) }),
  };
  const session = openSession({ ...options, timeout });
  try {
    return await session.ask({ url, init, is });
  } finally {
    session.close();
  }
}

/** @throws TypeError when the token is malformed: the message of `fetch` would contain the token */
export function authorization(token: string, name: string): { Authorization: string } {
  if (!isBearerToken(token)) throw new TypeError(`this is not a valid ${name}`);
  return { Authorization: `Bearer ${token}` };
}
