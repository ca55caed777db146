import type { z } from 'zod';
import { isBearerToken } from '../contract/http/bearer-token.ts';
import { type Options, openSession, requestTimeout } from './session.ts';

type Asked<Document> = {
  url: URL;
  method: 'GET' | 'PUT' | 'DELETE';
  content?: object;
  /** It is sent in the Authorization header, and nowhere else (contract H12). */
  token: string;
  /** What the token is to be, for who gives something else. */
  whose: string;
  schema: z.ZodType<Document>;
};

/**
 * Asks something that is safe to be asked again, with a credential: failures that may pass are waited out.
 *
 * @throws TypeError when the text can't be a token at all: fetch would refuse it as well, and say it in its error
 */
export async function askOnce<Document extends object>(
  { url, method, content, token, whose, schema }: Asked<Document>,
  { timeout = requestTimeout, ...options }: Options,
): Promise<Document> {
  if (!isBearerToken(token)) throw new TypeError(`this is no ${whose}`);
  const headers = {
    Authorization: `Bearer ${token}`,
    ...(content ? { 'Content-Type': 'application/json' } : {}),
  };
  const session = openSession({ ...options, timeout });
  try {
    const init = { method, headers, ...(content ? { body: JSON.stringify(content) } : {}) };
    const { document } = await session.ask({ url, init, schema });
    return document;
  } finally {
    session.close();
  }
}
