import { isTerminal } from '../contract/http/statuses.ts';
import type { Answer, Question } from './answer.ts';
import type { Operation, Status } from './documents.ts';
import { UnexpectedAnswerError } from './errors.ts';
import { type Options, openSession } from './session.ts';
import { httpUrl } from './url.ts';

/** Milliseconds between polls: if the service gives none, and at least. */
const [defaultPace, fastestPace] = [2_000, 250];

/** Seconds that the service holds a poll at most (contract H18). */
const longestHold = 25;

type Followed<Document> = Pick<Question<Document>, 'is'> & { headers?: Record<string, string> };

/** Polls until the status is terminal (contract H14, H17, H18). */
export async function* follow<Document extends Status | Operation>(
  location: string | URL,
  { is, headers = {} }: Followed<Document>,
  options: Options,
): AsyncGenerator<Document, void, void> {
  const session = openSession(options);
  try {
    let url = httpUrl(location);
    let last: Answer<Document> | undefined;
    for (;;) {
      const answer = await session.ask({ url, init: { headers: { ...headers, ...onlyChanges(last) } }, is, last });
      yield answer.document;
      if (isTerminal(answer.document)) return;
      const next = answer.location ?? url;
      if ('Authorization' in headers) assertSameOrigin(next, url);
      // An ETag belongs to one URL.
      last = next.href === url.href ? answer : undefined;
      url = next;
      await session.pause(Math.max(answer.wait ?? defaultPace, fastestPace));
    }
  } finally {
    session.close();
  }
}

/** Keeps a token from being sent to another origin. @throws UnexpectedAnswerError */
export function assertSameOrigin(next: URL, url: URL): void {
  if (next.origin !== url.origin)
    throw new UnexpectedAnswerError(
      `${url.origin} points to ${next}: if that is right, use ${next.origin} as the server`,
    );
}

/** A held poll needs an ETag: without one, it would miss a change made before it arrives. */
function onlyChanges(last: Answer<unknown> | undefined): Record<string, string> {
  return last?.etag === undefined ? {} : { 'If-None-Match': last.etag, Prefer: `wait=${longestHold}` };
}
