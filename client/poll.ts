import { isTerminal } from '../contract/http/statuses.ts';
import type { Status } from './documents.ts';
import { follow } from './follow.ts';
import type { Options } from './session.ts';
import { isStatus } from './status.ts';

/**
 * Yields the status with each poll, at the pace of the service, which holds a poll until there is a change (contract H17,
 * H18), and ends after the terminal one (H14). An unchanged status is the same object. Failures that may pass are waited out.
 *
 * @param location the one that `submit` gave
 * @throws RefusedError when the location has no submission
 * @throws DeadlineError after `options.timeout` milliseconds; by default, there is none
 */
export function poll(location: string | URL, options: Options = {}): AsyncGenerator<Status, void, void> {
  return follow(location, { is: isStatus }, options);
}

/** Polls until there is a result, and gives the terminal status. Throws as `poll` does. */
export async function waitForResult(location: string | URL, options: Options = {}): Promise<Status> {
  for await (const status of poll(location, options)) {
    if (isTerminal(status)) return status;
  }
  throw new Error('a poll ends with a terminal status');
}
