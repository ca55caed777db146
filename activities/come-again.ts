import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

/** Milliseconds. */
const shortestPause = 1_000;

/**
 * Ends an attempt of an activity; the next one comes after a pause, in milliseconds, if there is anything left to do.
 *
 * @throws ApplicationFailure to be tried again
 */
export function comeAgainAfter(pause: number | undefined): void {
  if (pause === undefined) return;
  const message = 'Not all is sent yet: the ledger has the reasons, and what waits is tried again when it is due';
  const nextRetryDelay = Math.max(pause, shortestPause);
  // Benign: it is not logged as an error.
  throw ApplicationFailure.create({
    ...{ type: 'Postponed', message, nextRetryDelay },
    category: ApplicationFailureCategory.BENIGN,
  });
}
