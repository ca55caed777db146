/** Closes the call: what is open comes to its end by the call's rule, and nobody is left without an answer. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { given } from '../contract/given.ts';
import type { ClosingInput } from '../contract/operations.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { bringUpToDate, people } from './judges.ts';
import { inBatches, openOperation } from './operation.ts';

const batchSize = 25;

/** Milliseconds between two looks at what is on its way, twice as long each time, and how often: about an hour. */
const shortestPause = 1_000;
const longestPause = 60_000;
const looks = 65;

export async function closing(input: ClosingInput): Promise<void> {
  const operation = openOperation(input);
  const { id, by, why, isForced } = input;
  const command = given({ operation: id, by, why });
  try {
    await people.noteOperation(command, 'close-call', isForced ? 'forced' : undefined);
    // Also what its record knows nothing of yet.
    await bringUpToDate();
    const open = await people.listOpen();
    operation.begin(open.length);
    for (const batch of inBatches(open, batchSize)) await people.closeThese(batch, command);
    const left = await untilOver(open, async (still, before) => {
      operation.advance(before - still.length, 0);
      // One that was in the middle of a stage when it was told.
      if (still.length > 0) await people.closeThese(still.slice(0, batchSize), command);
    });
    const undelivered = await untilDelivered();
    if ((left === 0 && undelivered === 0) || isForced) {
      await people.noteOperation(
        command,
        'call-closed',
        `${undelivered} answers undelivered, ${left} submissions open`,
      );
      operation.succeed();
    } else if (left > 0)
      operation.fail({ code: 'still-open', message: `${left} submissions did not come to their end.` });
    else
      operation.fail({
        code: 'undelivered-answers',
        message: `${undelivered} answers are not delivered. Settle them and close again, or force it, with a reason.`,
      });
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    operation.endWith(error);
    throw error;
  }
}

/** How many of them are still open when it is given up. */
async function untilOver(
  open: SubmissionId[],
  tell: (still: SubmissionId[], before: number) => Promise<void>,
): Promise<number> {
  let left = open;
  for (let look = 0; look < looks && left.length > 0; look += 1) {
    await sleep(pauseBefore(look), { summary: 'until all have come to their end' });
    const still = new Set(await people.listOpen());
    const now = left.filter((id) => still.has(id));
    await tell(now, left.length);
    left = now;
  }
  return left.length;
}

/** How many answers are not, when it is given up. What only a person can settle is not waited for. */
async function untilDelivered(): Promise<number> {
  let { waiting, stuck } = await people.countUndelivered();
  for (let look = 0; look < looks && waiting > 0; look += 1) {
    await sleep(pauseBefore(look), { summary: 'until the last messages are sent' });
    ({ waiting, stuck } = await people.countUndelivered());
  }
  return waiting + stuck;
}

function pauseBefore(look: number): number {
  return Math.min(longestPause, shortestPause * 2 ** look);
}
