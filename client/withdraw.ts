import { askOnce } from './ask-once.ts';
import type { Options } from './session.ts';
import { type Status, statusSchema } from './status.ts';
import { httpUrl } from './url.ts';

/**
 * Withdraws a submission that has no outcome yet, and gives its status: `Canceled`. To withdraw again is safe, and so
 * failures that may pass are waited out (contract H22).
 *
 * @param location the one that `submit` gave; the token is sent there, and nowhere else
 * @param speakerToken the one that `submit` gave
 * @throws RefusedError when the token is not the one of the submission (`problem.status` 401), or when it is over
 *   otherwise (409)
 * @throws TypeError when it can't be a token at all
 * @throws DeadlineError when no answer came within `timeout` milliseconds (60,000 if left out); it may take effect all the
 *   same
 */
export async function withdraw(location: string | URL, speakerToken: string, options: Options = {}): Promise<Status> {
  const url = httpUrl(location);
  return askOnce({ url, method: 'DELETE', token: speakerToken, whose: 'speaker token', schema: statusSchema }, options);
}
