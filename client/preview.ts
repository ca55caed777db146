import { z } from 'zod';
import { askOnce } from './ask-once.ts';
import type { Options } from './session.ts';
import { organiserUrl } from './url.ts';

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
  options: Options = {},
): Promise<Preview> {
  const url = organiserUrl(server, 'templates', name);
  const asked = { url, method: 'GET' as const, token: organiserToken };
  return askOnce({ ...asked, whose: 'token of an organiser', schema: previewSchema }, options);
}
