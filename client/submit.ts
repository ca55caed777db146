import type { Status, Submission } from './documents.ts';
import { UnexpectedAnswerError } from './errors.ts';
import { send } from './send.ts';
import type { Options } from './session.ts';
import { isSubmittedStatus } from './status.ts';
import { apiUrl } from './url.ts';

/**
 * `location` reads the status; `speakerToken` withdraws the submission and answers an acceptance, and is for the speaker
 * alone (contract H11, H12). It is missing where the key found a submission that is more than a day old.
 */
export type Submitted = { location: string; status: Status; speakerToken?: string };

/**
 * Submits a talk, once, whatever happens to the connection: each attempt has the same Idempotency-Key (contract H10).
 *
 * @param server base of the service's URLs
 * @param options.idempotencyKey 1 to 255 visible characters, random by default; the same again resumes after a crash. It is
 *   a secret: for a day, the key and the submission together give the token.
 * @throws RefusedError when the service refuses the submission; `problem.errors` says what is wrong with it
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
  if (!location) throw new UnexpectedAnswerError(`${url} took the submission, but doesn't say where to poll`);
  // A status is logged and passed on, and must not take the token with it.
  const { speakerToken, ...status } = document;
  return { location: location.href, status, ...(speakerToken === undefined ? {} : { speakerToken }) };
}
