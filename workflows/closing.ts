/** Closes the call: ends open submissions by the call's rule, and waits until all answers are delivered. */
import { ActivityFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Person } from '../contract/committee/person.ts';
import { inBatches } from '../contract/in-batches.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { ClosingInput } from '../contract/workflow/operation-workflows.ts';
import { operations, reconcileRecords } from './activity-proxies.ts';
import { batchSize, openOperation, pauseBefore, triesOfStuck } from './operation.ts';

type Command = Parameters<typeof operations.closeBatch>[1];

/** All checks together take about an hour. */
const mostChecks = 65;

export async function closing(input: ClosingInput): Promise<void> {
  const operation = openOperation(input);
  const { id, by, person, reason, force } = input;
  const command = omitUndefined({ operation: id, by, reason });
  try {
    await operations.recordOperation(command, 'close-call', force ? 'forced' : undefined);
    await operations.dropSlots();
    await reconcileRecords();
    const { seen, hidden } = await operations.listOpen(person);
    operation.begin(seen.length);
    let before = seen.length;
    const stuck = await untilEnded('seen', seen, person, command, (left) => {
      operation.advance(Math.max(0, before - left), 0);
      before = Math.min(before, left);
    });
    const undelivered = stuck.length === 0 ? await untilDelivered(person) : 0;
    // Also those that became free since.
    await operations.dropSlots();
    if (stuck.length > 0) {
      await operations.recordStuck(stuck, command);
      operation.failFor(stuck, 'The call is not closed: close it again once they do.');
    } else if (undelivered === 0 || force) {
      await operations.recordOperation(command, 'call-closed');
      operation.succeed();
    } else
      operation.fail({
        code: 'undelivered-answers',
        message: 'Some answers are not delivered. Settle their messages and close again, or force it with a reason.',
      });
    // The document is final by now, and doesn't count these.
    await CancellationScope.nonCancellable(async () => {
      const stuckHidden = await untilEnded('hidden', hidden, person, command);
      if (stuckHidden.length > 0) await operations.recordStuck(stuckHidden, command);
    });
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    operation.endWith(error);
    throw error;
  }
}

/** Returns those that are open after the last check, or whose workflow doesn't answer. These are not awaited for long. */
async function untilEnded(
  part: 'seen' | 'hidden',
  ids: readonly SubmissionId[],
  person: Person,
  command: Command,
  onCheck: (left: number) => void = () => undefined,
): Promise<SubmissionId[]> {
  let stuck = await closeAll(ids, command);
  for (let check = 0; ; check += 1) {
    // An operator may have ended what answered no more.
    if (check === triesOfStuck) await reconcileRecords();
    const { count, first } = await operations.leftOpen(person, part);
    const left = [...new Set([...stuck, ...first])];
    onCheck(Math.max(count, stuck.length));
    const areStuck = check >= triesOfStuck && first.every((id) => stuck.includes(id));
    if (left.length === 0 || areStuck || check === mostChecks) return left;
    await sleep(pauseBefore(check), { summary: 'until all submissions have ended' });
    // Those that were not listed before are open as well.
    stuck = await closeAll(left, command);
  }
}

async function closeAll(ids: readonly SubmissionId[], command: Command): Promise<SubmissionId[]> {
  const stuck: SubmissionId[] = [];
  for (const batch of inBatches(ids, batchSize)) stuck.push(...(await operations.closeBatch(batch, command)).stuck);
  return stuck;
}

/**
 * Returns how many answers are undelivered after the last check. Those that an organiser must settle are not awaited; what is
 * held, over a cap or until its address is proved, goes out now (contract H38).
 */
async function untilDelivered(person: Person): Promise<number> {
  const since = await operations.sendHeld();
  let { waiting, stuck } = await operations.countUndelivered(person);
  for (let check = 0; check < mostChecks && waiting > 0; check += 1) {
    await sleep(pauseBefore(check), { summary: 'until all messages are sent' });
    await operations.sendHeld(since);
    ({ waiting, stuck } = await operations.countUndelivered(person));
  }
  return waiting + stuck;
}
