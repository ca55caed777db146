import { z } from 'zod';
import { isBearerToken } from '../contract/bearer-token.ts';
import { type Options, openSession, requestTimeout } from './session.ts';
import { httpUrl } from './url.ts';

/** A newer service may say more. */
const previewSchema = z.looseObject({ subject: z.string(), text: z.string(), html: z.string() });

export type Preview = z.output<typeof previewSchema>;

/**
 * Reads how a text to speakers would read, with a made-up submission, for an organiser.
 *
 * @param server base of the service's URLs
 * @param name of the text, like `accepted`
 * @throws RefusedError when the token is not an organiser's (`problem.status` 401), or there is no such text (404)
 * @throws TypeError when it can't be a token at all
 * @throws DeadlineError when no answer came within `timeout` milliseconds (60,000 if left out)
 */
export async function preview(
  server: string | URL,
  name: string,
  organiserToken: string,
  { timeout = requestTimeout, ...options }: Options = {},
): Promise<Preview> {
  const base = httpUrl(server).href.replace(/\/+$/, '');
  const url = new URL(`${base}/api/organiser/templates/${encodeURIComponent(name)}`);
  if (!isBearerToken(organiserToken)) throw new TypeError('this is no token of an organiser');
  const session = openSession({ ...options, timeout });
  try {
    const init = { headers: { Authorization: `Bearer ${organiserToken}` } };
    const { document } = await session.ask({ url, init, schema: previewSchema });
    return document;
  } finally {
    session.close();
  }
}
