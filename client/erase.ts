import { z } from 'zod';
import { isBearerToken } from '../contract/bearer-token.ts';
import { type Options, openSession, requestTimeout } from './session.ts';
import { httpUrl } from './url.ts';

/** A newer service may say more. */
const erasureSchema = z.looseObject({ id: z.string(), state: z.string() });

export type Erasure = z.output<typeof erasureSchema>;

/**
 * Erases a submission, for an organiser: nothing of it is told to anybody from then on. Its `state` is `erasing` as long
 * as Temporal has not deleted its copy, which the service sees to; to erase again is safe, and tells.
 *
 * @param server base of the service's URLs
 * @throws RefusedError when the token is not an organiser's (`problem.status` 401), or there is no such submission (404)
 * @throws TypeError when it can't be a token at all
 * @throws DeadlineError when no answer came within `timeout` milliseconds (60,000 if left out)
 */
export async function erase(
  server: string | URL,
  id: string,
  organiserToken: string,
  { timeout = requestTimeout, ...options }: Options = {},
): Promise<Erasure> {
  const base = httpUrl(server).href.replace(/\/+$/, '');
  const url = new URL(`${base}/api/organiser/submissions/${encodeURIComponent(id)}`);
  if (!isBearerToken(organiserToken)) throw new TypeError('this is no token of an organiser');
  const headers = { Authorization: `Bearer ${organiserToken}` };
  const session = openSession({ ...options, timeout });
  try {
    const { document } = await session.ask({ url, init: { method: 'DELETE', headers }, schema: erasureSchema });
    return document;
  } finally {
    session.close();
  }
}
