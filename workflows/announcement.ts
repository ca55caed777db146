/** Announces decided submissions, now or at a set time. */
import { ActivityFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { AnnouncementInput } from '../contract/workflow/operation-workflows.ts';
import { operations } from './activity-proxies.ts';
import { inBatches, openOperation } from './operation.ts';

const batchSize = 25;

export async function announcement(input: AnnouncementInput): Promise<void> {
  const operation = openOperation(input);
  const { id, by, person, reason, at, selection } = input;
  const command = omitUndefined({ operation: id, by, reason });
  try {
    await operations.recordOperation(command, 'announce', at);
    const left = at === undefined ? 0 : Date.parse(at) - Date.now();
    if (left > 0) await sleep(left, { summary: 'until the announcement' });
    const { seen, hidden, skipped } = await operations.selectDecided(selection, person);
    operation.begin(seen.length + skipped);
    operation.advance(0, skipped);
    for (const batch of inBatches(seen, batchSize)) {
      const counts = await operations.announceBatch(batch, command);
      operation.advance(counts.done, counts.skipped);
    }
    operation.succeed();
    // The document is final by now, and doesn't count these: a cancellation no longer stops them.
    await CancellationScope.nonCancellable(async () => {
      for (const batch of inBatches(hidden, batchSize)) await operations.announceBatch(batch, command);
      await operations.releaseHeldSlots();
    });
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    operation.endWith(error);
    throw error;
  }
}
