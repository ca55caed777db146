import type { z } from 'zod';
import type { submissionSchema } from '../contract/submission.ts';
import { UnexpectedAnswerError } from './errors.ts';
import { type Options, openSession, requestTimeout } from './session.ts';
import { type Status, submittedSchema } from './status.ts';
import { httpUrl } from './url.ts';

/** What a speaker proposes. The service checks it, against the call it serves. */
export type Submission = z.input<typeof submissionSchema>;

/**
 * `location` is where to poll, and `speakerToken` withdraws the submission; keep both. Whoever has the location may read
 * the status, and only that: pass it on where that is wanted. The token is for the speaker alone (contract H11, H12). It
 * is missing where the same key found a submission that is more than a day old: then the one that was told first counts.
 */
export type Submitted = { location: string; status: Status; speakerToken?: string };

/**
 * Submits a talk. Whatever happens on the way, one submission comes of it: each attempt carries the same Idempotency-Key
 * (contract H10).
 *
 * @param server the base of the service's URLs
 * @param idempotencyKey one for each submission, 1 to 255 visible characters; to resume after a crash, use the same
 *   again. Random if left out. Keep it to yourself: for a day, whoever has it and the submission is told the token.
 * @throws RefusedError when the service refuses the submission; `problem.errors` says what is wrong with it
 * @throws DeadlineError when no answer came within `timeout` milliseconds (60,000 if left out)
 */
export async function submit(
  server: string | URL,
  submission: Submission,
  {
    idempotencyKey = crypto.randomUUID(),
    timeout = requestTimeout,
    ...options
  }: Options & { idempotencyKey?: string } = {},
): Promise<Submitted> {
  // Made before the session: what can't be sent at all is an error at once, and not a lost connection.
  const url = new URL('api/submissions', asBase(server));
  const headers = new Headers({ 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey });
  const body = JSON.stringify(submission);
  const session = openSession({ ...options, timeout });
  try {
    const { location, document } = await session.ask({
      url,
      init: { method: 'POST', headers, body },
      schema: submittedSchema,
    });
    if (!location) throw new UnexpectedAnswerError(`${url} took the submission, but doesn't say where to poll`);
    // Apart: a status is logged and passed on, and must not take the token with it.
    const { speakerToken, ...status } = document;
    return { location: location.href, status, ...(speakerToken === undefined ? {} : { speakerToken }) };
  } finally {
    session.close();
  }
}

function asBase(server: string | URL): URL {
  const url = httpUrl(server);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
