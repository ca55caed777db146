import type { Status } from './documents.ts';
import { authorization, send } from './send.ts';
import type { Options } from './session.ts';
import { isStatus } from './status.ts';
import { httpUrl } from './url.ts';

/**
 * Withdraws a submission without an outcome, and returns its status, `Canceled`. Safe to repeat (contract H22).
 *
 * @param location as returned by `submit`; the token is sent nowhere else
 * @throws RefusedError when the token is not the submission's (`problem.status` 401), or there is an outcome (409)
 * @throws TypeError when the token is malformed
 * @throws DeadlineError after `options.timeout` milliseconds (60,000 by default); it may have arrived all the same
 */
export async function withdraw(location: string | URL, speakerToken: string, options: Options = {}): Promise<Status> {
  const headers = authorization(speakerToken, 'speaker token');
  const { document } = await send({ url: httpUrl(location), method: 'DELETE', headers, is: isStatus }, options);
  return document;
}
