import { isBearerToken } from '../contract/http/bearer-token.ts';
import type { Answer, Question } from './answer.ts';
import { type Options, openSession, requestTimeout } from './session.ts';

export type Sent<Document> = Pick<Question<Document>, 'url' | 'is'> & {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  content?: object;
  headers?: Record<string, string>;
};

/** Sends a request that is safe to repeat: failures that may pass are waited out. */
export async function send<Document extends object>(
  { url, is, method, content, headers = {} }: Sent<Document>,
  { timeout = requestTimeout, ...options }: Options,
): Promise<Answer<Document>> {
  const type = content === undefined ? {} : { 'Content-Type': 'application/json' };
  // Made before the session: what can't be sent at all is an error at once, and not a lost connection.
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

/**
 * The header that carries a token; it is sent nowhere else (contract H12).
 *
 * @throws TypeError when the text can't be a token: fetch would refuse it too, with the text in its message
 */
export function authorization(token: string, name: string): { Authorization: string } {
  if (!isBearerToken(token)) throw new TypeError(`this is no ${name}`);
  return { Authorization: `Bearer ${token}` };
}
