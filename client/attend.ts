import type { Answer } from '../contract/attendance.ts';
import { askOnce } from './ask-once.ts';
import type { Options } from './session.ts';
import { type Status, statusSchema } from './status.ts';
import { httpUrl, withoutSlashes } from './url.ts';

/**
 * Answers an acceptance, as long as its `result.attendance` is `awaited`, and gives the status. The same answer again is
 * safe, and so failures that may pass are waited out (contract H14).
 *
 * @param location the one that `submit` gave; the token is sent there, and nowhere else
 * @param speakerToken the one that `submit` gave
 * @throws RefusedError when the token is not the one of the submission (`problem.status` 401), or when there is nothing to
 *   answer, or it is answered otherwise (409)
 * @throws TypeError when it can't be a token at all
 * @throws DeadlineError when no answer came within `timeout` milliseconds (60,000 if left out); it may take effect all the
 *   same
 */
export async function attend(
  location: string | URL,
  speakerToken: string,
  attendance: Answer,
  options: Options = {},
): Promise<Status> {
  const url = new URL(`${withoutSlashes(httpUrl(location).href)}/attendance`);
  const asked = { url, method: 'PUT' as const, content: { attendance }, token: speakerToken };
  return askOnce({ ...asked, whose: 'speaker token', schema: statusSchema }, options);
}
