/** Closes the call: what is open comes to its end by the call's rule, and nobody is left without an answer. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import type { Person } from '../contract/committee/person.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { ClosingInput } from '../contract/workflow/operation-workflows.ts';
import { bringUpToDate, people } from './activity-proxies.ts';
import { inBatches, openOperation } from './operation.ts';

const batchSize = 25;

/** Milliseconds between two looks at what is on its way, twice as long each time, and how often: about an hour. */
const shortestPause = 1_000;
const longestPause = 60_000;
const looks = 65;

export async function closing(input: ClosingInput): Promise<void> {
  const operation = openOperation(input);
  const { id, by, person, reason, force } = input;
  const command = omitUndefined({ operation: id, by, reason });
  try {
    await people.noteOperation(command, 'close-call', force ? 'forced' : undefined);
    // Also what its record knows nothing of yet.
    await bringUpToDate();
    const { seen, hidden } = await people.listOpen(person);
    operation.begin(seen.length);
    for (const batch of inBatches([...seen, ...hidden], batchSize)) await people.closeThese(batch, command);
    // One that was in the middle of a stage when it was told is told again.
    const tell = (still: SubmissionId[]) => people.closeThese(still.slice(0, batchSize), command);
    const left = await untilOver(person, seen, async (still, before) => {
      operation.advance(before - still.length, 0);
      if (still.length > 0) await tell(still);
    });
    const undelivered = await untilDelivered(person);
    if ((left === 0 && undelivered === 0) || force) {
      await people.noteOperation(command, 'call-closed');
      operation.succeed();
    } else if (left > 0) operation.fail({ code: 'still-open', message: 'Submissions did not come to their end.' });
    else
      operation.fail({
        code: 'undelivered-answers',
        message: 'Answers are not delivered. Settle them and close again, or force it, with a reason.',
      });
    // Nobody is forgotten, and the document, which is final by now, says nothing of it.
    await untilOver(person, hidden, async (still) => void (await tell(still)));
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    operation.endWith(error);
    throw error;
  }
}

/** How many of them are still open when it is given up. */
async function untilOver(
  person: Person,
  open: SubmissionId[],
  tell: (still: SubmissionId[], before: number) => Promise<void>,
): Promise<number> {
  let left = open;
  for (let look = 0; look < looks && left.length > 0; look += 1) {
    await sleep(pauseBefore(look), { summary: 'until all have come to their end' });
    const { seen, hidden } = await people.listOpen(person);
    const still = new Set([...seen, ...hidden]);
    const now = left.filter((id) => still.has(id));
    await tell(now, left.length);
    left = now;
  }
  return left.length;
}

/** How many answers are not, when it is given up. What only a person can settle is not waited for. */
async function untilDelivered(person: Person): Promise<number> {
  let { waiting, stuck } = await people.countUndelivered(person);
  for (let look = 0; look < looks && waiting > 0; look += 1) {
    await sleep(pauseBefore(look), { summary: 'until the last messages are sent' });
    ({ waiting, stuck } = await people.countUndelivered(person));
  }
  return waiting + stuck;
}

function pauseBefore(look: number): number {
  return Math.min(longestPause, shortestPause * 2 ** look);
}
