/** Announces decided submissions, now or at a set time. */
import { ActivityFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { inBatches } from '../contract/in-batches.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { AnnouncementInput } from '../contract/workflow/operation-workflows.ts';
import { operations } from './activity-proxies.ts';
import { batchSize, openOperation, pauseBefore, triesOfStuck } from './operation.ts';

type Command = Parameters<typeof operations.announceBatch>[1];

export async function announcement(input: AnnouncementInput): Promise<void> {
  const operation = openOperation(input);
  const { id, by, person, reason, at, selection } = input;
  const command = omitUndefined({ operation: id, by, reason });
  try {
    await operations.recordOperation(command, 'announce', at);
    const left = at === undefined ? 0 : Date.parse(at) - Date.now();
    if (left > 0) await sleep(left, { summary: 'until the announcement' });
    const { seen, hidden, skipped, unread } = await operations.selectDecided(selection, person);
    operation.begin(seen.length + skipped + unread.length);
    operation.advance(0, skipped);
    const stuck = [...unread, ...(await announceAll(seen, command, operation.advance))];
    if (stuck.length > 0) {
      await operations.recordStuck(stuck, command);
      operation.failFor(stuck, 'The others are announced. Announce these again once they do.');
    } else operation.succeed();
    // The document is final by now, and doesn't count these: a cancellation no longer stops them.
    await CancellationScope.nonCancellable(async () => {
      const stuckHidden = await announceAll(hidden, command);
      if (stuckHidden.length > 0) await operations.recordStuck(stuckHidden, command);
      await operations.releaseHeldSlots();
    });
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    operation.endWith(error);
    throw error;
  }
}

/** Goes on past a submission that is stuck, and comes back to it. Returns those that still are. */
async function announceAll(
  ids: readonly SubmissionId[],
  command: Command,
  advance: (done: number, skipped: number) => void = () => undefined,
): Promise<SubmissionId[]> {
  let left = [...ids];
  for (let tries = 0; left.length > 0 && tries <= triesOfStuck; tries += 1) {
    if (tries > 0) await sleep(pauseBefore(tries - 1), { summary: 'before stuck submissions are tried again' });
    const stuck: SubmissionId[] = [];
    for (const batch of inBatches(left, batchSize)) {
      const result = await operations.announceBatch(batch, command);
      advance(result.done, result.skipped);
      stuck.push(...result.stuck);
    }
    left = stuck;
  }
  return left;
}
