/** The polling client: submit a talk, follow it, wait for its result. It runs wherever there is `fetch`. */
import type { z } from 'zod';
import { isTerminal } from '../contract/status.ts';
import type { submissionSchema } from '../contract/submission.ts';
import { type Options, openSession } from './session.ts';
import type { Status } from './status.ts';
import { httpUrl } from './url.ts';

export { isTerminal } from '../contract/status.ts';

import { UnexpectedAnswerError } from './errors.ts';

export { DeadlineError, RefusedError, UnexpectedAnswerError } from './errors.ts';
export type { Options } from './session.ts';
export type { Status } from './status.ts';

/** What a speaker proposes. The service checks it, against the call it serves. */
export type Submission = z.input<typeof submissionSchema>;

/** `location` is where to poll; keep it, there is no other way to the status. */
export type Submitted = { location: string; status: Status };

/** Milliseconds between two polls where the service says nothing of it, and the least that is kept in any case. */
const [usualPace, fastestPace] = [2_000, 250];

/** Milliseconds after which a submit is given up where no other timeout is said. */
const submitTimeout = 60_000;

/**
 * Submits a talk. Whatever happens on the way, one submission comes of it: each attempt carries the same Idempotency-Key
 * (contract H10).
 *
 * @param server the base of the service's URLs
 * @param idempotencyKey one for each submission, 1 to 255 visible characters; to resume after a crash, use the same
 *   again. Random if left out.
 * @throws RefusedError when the service refuses the submission; `problem.errors` says what is wrong with it
 * @throws DeadlineError when no answer came within `timeout` milliseconds (60,000 if left out)
 */
export async function submit(
  server: string | URL,
  submission: Submission,
  {
    idempotencyKey = crypto.randomUUID(),
    timeout = submitTimeout,
    ...options
  }: Options & { idempotencyKey?: string } = {},
): Promise<Submitted> {
  // Made before the session: what can't be sent at all is an error at once, and not a lost connection.
  const endpoint = new URL('api/submissions', asBase(server));
  const headers = new Headers({ 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey });
  const body = JSON.stringify(submission);
  const session = openSession({ ...options, timeout });
  try {
    const { url, status } = await session.ask(endpoint, { method: 'POST', headers, body });
    if (!url) throw new UnexpectedAnswerError(`${endpoint} took the submission, but doesn't say where to poll`);
    return { location: url.href, status };
  } finally {
    session.close();
  }
}

/**
 * Yields the status with each poll, at the pace that the service asks for, and ends after the terminal one (contract
 * H14). Failures that may pass are waited out.
 *
 * @throws RefusedError when there is nothing to poll at the location
 * @throws DeadlineError when `timeout` milliseconds pass first; there is none if it is left out
 */
export async function* poll(location: string | URL, options: Options = {}): AsyncGenerator<Status, void, void> {
  const session = openSession(options);
  try {
    for (let url = httpUrl(location); ; ) {
      const answer = await session.ask(url);
      yield answer.status;
      if (isTerminal(answer.status)) return;
      url = answer.url ?? url;
      await session.pause(Math.max(answer.wait ?? usualPace, fastestPace));
    }
  } finally {
    session.close();
  }
}

/** Polls until there is a result, and gives the terminal status. Throws as `poll` does. */
export async function waitForResult(location: string | URL, options: Options = {}): Promise<Status> {
  for await (const status of poll(location, options)) {
    if (isTerminal(status)) return status;
  }
  throw new Error('a poll ends with a terminal status');
}

function asBase(server: string | URL): URL {
  const url = httpUrl(server);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
