import type { Status, Submission } from './documents.ts';
import { UnexpectedAnswerError } from './errors.ts';
import { send } from './send.ts';
import type { Options } from './session.ts';
import { isSubmittedStatus } from './status.ts';
import { apiUrl } from './url.ts';

/**
 * Whoever has `location` can read the status; whoever has `speakerToken` can withdraw the submission and answer an
 * acceptance (contract H11, H12). The token is missing if the key belongs to a submission that is more than a day old.
 */
export type Submitted = { location: string; status: Status; speakerToken?: string };

/**
 * Submits a talk exactly once, also if the connection is lost: each attempt has the same Idempotency-Key (contract H10).
 *
 * @param server base of the service's URLs
 * @param options.idempotencyKey 1 to 255 visible characters, random by default; give the same key to resume after a crash.
 *   It is a secret: for a day, the key and the submission together return the token.
 * @throws RefusedError when the service refuses the submission; `problem.errors` says why
 * @throws DeadlineError when there is no answer within `options.timeout` milliseconds (60,000 by default)
 */
export async function submit(
  server: string | URL,
  submission: Submission,
  { idempotencyKey = crypto.randomUUID(), ...options }: Options & { idempotencyKey?: string } = {},
): Promise<Submitted> {
  const url = apiUrl(server, 'submissions');
  const headers = { 'Idempotency-Key': idempotencyKey };
  const { location, document } = await send(
    { url, method: 'POST', content: submission, headers, is: isSubmittedStatus },
    options,
  );
  if (!location) throw new UnexpectedAnswerError(`${url} received the submission, but doesn't say where to poll`);
  // The caller may log the status, so the token must not be in it.
  const { speakerToken, ...status } = document;
  return { location: location.href, status, ...(speakerToken === undefined ? {} : { speakerToken }) };
}
