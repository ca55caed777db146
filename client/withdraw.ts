import type { Status } from './documents.ts';
import { authorization, send } from './send.ts';
import type { Options } from './session.ts';
import { isStatus } from './status.ts';
import { httpUrl } from './url.ts';

/**
 * Withdraws a submission that has no outcome yet, and gives its status, `Canceled`. Safe to repeat (contract H22).
 *
 * @param location the one that `submit` gave; the token is sent there, and nowhere else
 * @throws RefusedError when the token is not the submission's (`problem.status` 401), or there is an outcome (409)
 * @throws TypeError when it can't be a token at all
 * @throws DeadlineError after `options.timeout` milliseconds (60,000 by default); it may be withdrawn all the same
 */
export async function withdraw(location: string | URL, speakerToken: string, options: Options = {}): Promise<Status> {
  const headers = authorization(speakerToken, 'speaker token');
  const { document } = await send({ url: httpUrl(location), method: 'DELETE', headers, is: isStatus }, options);
  return document;
}
