import type { Status } from './documents.ts';
import { authorization, send } from './send.ts';
import type { Options } from './session.ts';
import { isStatus } from './status.ts';
import { httpUrl, withoutSlashes } from './url.ts';

/**
 * Confirms after an acceptance that the speaker will come (contract H14). Safe to repeat.
 *
 * @param location as returned by `submit`; the token is sent nowhere else
 * @throws RefusedError when the token is not the submission's (`problem.status` 401), or there is nothing to answer (409)
 * @throws TypeError when the token is malformed
 * @throws DeadlineError after `options.timeout` milliseconds (60,000 by default); the confirmation may have arrived all the same
 */
export function confirm(location: string | URL, speakerToken: string, options: Options = {}): Promise<Status> {
  return answer('confirmed', location, speakerToken, options);
}

/** Declines an acceptance, so that another speaker gets the slot. Throws as `confirm` does. */
export function decline(location: string | URL, speakerToken: string, options: Options = {}): Promise<Status> {
  return answer('declined', location, speakerToken, options);
}

/** Cancels after a confirmation, as long as the call allows it: the slot goes on. Throws as `confirm` does. */
export function cancel(location: string | URL, speakerToken: string, options: Options = {}): Promise<Status> {
  return answer('canceled', location, speakerToken, options);
}

async function answer(
  attendance: 'confirmed' | 'declined' | 'canceled',
  location: string | URL,
  speakerToken: string,
  options: Options,
): Promise<Status> {
  const url = new URL(`${withoutSlashes(httpUrl(location).href)}/attendance`);
  const headers = authorization(speakerToken, 'speaker token');
  const { document } = await send({ url, method: 'PUT', content: { attendance }, headers, is: isStatus }, options);
  return document;
}
