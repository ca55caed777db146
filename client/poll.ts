import { isTerminal } from '../contract/http/statuses.ts';
import type { Status } from './documents.ts';
import { follow } from './follow.ts';
import type { Options } from './session.ts';
import { isStatus } from './status.ts';

/**
 * Yields the status of each poll, at the pace of the service, which holds a poll until a change (contract H17, H18).
 * Ends after the terminal status (H14). An unchanged status is the same object. Temporary failures are retried.
 *
 * @param location as returned by `submit`
 * @throws RefusedError when there is no submission at the location
 * @throws DeadlineError after `options.timeout` milliseconds (none by default)
 */
export function poll(location: string | URL, options: Options = {}): AsyncGenerator<Status, void, void> {
  return follow(location, { is: isStatus }, options);
}

/** Polls until the status is terminal, and returns it. Throws as `poll` does. */
export async function waitForResult(location: string | URL, options: Options = {}): Promise<Status> {
  for await (const status of poll(location, options)) {
    if (isTerminal(status)) return status;
  }
  throw new Error('a poll ends with a terminal status');
}
