/** Closes the call: ends open submissions by the call's rule, and waits until all answers are delivered. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import type { Person } from '../contract/committee/person.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { ClosingInput } from '../contract/workflow/operation-workflows.ts';
import { operations, reconcileRecords } from './activity-proxies.ts';
import { inBatches, openOperation } from './operation.ts';

const batchSize = 25;

/** Milliseconds between two checks, doubled each time. All checks together take about an hour. */
const shortestPause = 1_000;
const longestPause = 60_000;
const mostChecks = 65;

export async function closing(input: ClosingInput): Promise<void> {
  const operation = openOperation(input);
  const { id, by, person, reason, force } = input;
  const command = omitUndefined({ operation: id, by, reason });
  try {
    await operations.recordOperation(command, 'close-call', force ? 'forced' : undefined);
    await operations.dropSlots();
    // Lists are of the records: missing ones are written first.
    await reconcileRecords();
    const { seen, hidden } = await operations.listOpen(person);
    operation.begin(seen.length);
    for (const batch of inBatches([...seen, ...hidden], batchSize)) await operations.closeBatch(batch, command);
    // A submission in the middle of a stage may have missed the command.
    const closeAgain = (still: SubmissionId[]) => operations.closeBatch(still.slice(0, batchSize), command);
    const left = await untilEnded(person, seen, async (still, before) => {
      operation.advance(before - still.length, 0);
      if (still.length > 0) await closeAgain(still);
    });
    const undelivered = await untilDelivered(person);
    // Also those that became free since.
    await operations.dropSlots();
    if ((left === 0 && undelivered === 0) || force) {
      await operations.recordOperation(command, 'call-closed');
      operation.succeed();
    } else if (left > 0) operation.fail({ code: 'still-open', message: 'Some submissions have not ended.' });
    else
      operation.fail({
        code: 'undelivered-answers',
        message: 'Some answers are not delivered. Settle their messages and close again, or force it with a reason.',
      });
    // The document is final by now, and doesn't count these.
    await untilEnded(person, hidden, async (still) => void (await closeAgain(still)));
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    operation.endWith(error);
    throw error;
  }
}

/** Returns how many are still open after the last check. */
async function untilEnded(
  person: Person,
  open: SubmissionId[],
  onCheck: (still: SubmissionId[], before: number) => Promise<void>,
): Promise<number> {
  let left = open;
  for (let check = 0; check < mostChecks && left.length > 0; check += 1) {
    await sleep(pauseBefore(check), { summary: 'until all submissions have ended' });
    const { seen, hidden } = await operations.listOpen(person);
    const still = new Set([...seen, ...hidden]);
    const now = left.filter((id) => still.has(id));
    await onCheck(now, left.length);
    left = now;
  }
  return left.length;
}

/** Returns how many answers are undelivered after the last check. Those that an organiser must settle are not awaited. */
async function untilDelivered(person: Person): Promise<number> {
  let { waiting, stuck } = await operations.countUndelivered(person);
  for (let check = 0; check < mostChecks && waiting > 0; check += 1) {
    await sleep(pauseBefore(check), { summary: 'until all messages are sent' });
    ({ waiting, stuck } = await operations.countUndelivered(person));
  }
  return waiting + stuck;
}

function pauseBefore(check: number): number {
  return Math.min(longestPause, shortestPause * 2 ** check);
}
