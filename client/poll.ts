import { isTerminal } from '../contract/http/status.ts';
import type { Answer } from './answer.ts';
import { type Options, openSession } from './session.ts';
import { type Status, statusSchema } from './status.ts';
import { httpUrl } from './url.ts';

/** Milliseconds between two polls where the service says nothing of it, and the least that is kept in any case. */
const [usualPace, fastestPace] = [2_000, 250];

/** Seconds: the longest that the service holds a poll (contract H18). */
const longestHold = 25;

/**
 * Yields the status with each poll, at the pace that the service asks for, and ends after the terminal one (contract
 * H14). Where nothing has changed since the last poll, it is the same object again. Failures that may pass are waited
 * out.
 *
 * From the second poll on, the service is asked for news only, and to hold its answer until there are some (contract
 * H17, H18). Where it does neither, it is polled as usual.
 *
 * @throws RefusedError when there is nothing to poll at the location
 * @throws DeadlineError when `timeout` milliseconds pass first; there is none if it is left out
 */
export async function* poll(location: string | URL, options: Options = {}): AsyncGenerator<Status, void, void> {
  const session = openSession(options);
  try {
    let url = httpUrl(location);
    let last: Answer<Status> | undefined;
    for (;;) {
      const answer = await session.ask({ url, init: { headers: onlyNews(last) }, schema: statusSchema, last });
      yield answer.document;
      if (isTerminal(answer.document)) return;
      const next = answer.location ?? url;
      // An ETag is of one URL, and says nothing at another.
      last = next.href === url.href ? answer : undefined;
      url = next;
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

/** Without an ETag there is nothing to hold a poll against: what changed before it arrived would be waited for. */
function onlyNews(last: Answer<Status> | undefined): Record<string, string> {
  return last?.etag === undefined ? {} : { 'If-None-Match': last.etag, Prefer: `wait=${longestHold}` };
}
