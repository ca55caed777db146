import { z } from 'zod';
import { askOnce } from './ask-once.ts';
import type { Options } from './session.ts';
import { organiserUrl } from './url.ts';

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
  options: Options = {},
): Promise<Erasure> {
  const url = organiserUrl(server, 'submissions', id);
  const asked = { url, method: 'DELETE' as const, token: organiserToken };
  return askOnce({ ...asked, whose: 'token of an organiser', schema: erasureSchema }, options);
}
