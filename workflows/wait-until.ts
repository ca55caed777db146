import { ActivityFailure, CancellationScope, condition } from '@temporalio/workflow';
import type { CallRules } from '../contract/call/rules.ts';
import { recordSubmission } from './activity-proxies.ts';
import type { OpenRecord } from './record.ts';
import { waitAtMost } from './wait-at-most.ts';

/** Milliseconds until a failed record is tried again. The submission doesn't wait for the database. */
const pauseAfterFailure = 60_000;

type Limit = { milliseconds: number; summary: string };

/**
 * Waits until the condition is met, or to the limit, and records what changes meanwhile. One coroutine does both: with two
 * that wake up in the same task, a replay could see their commands in another order.
 */
export async function waitUntil(
  record: OpenRecord,
  rules: CallRules,
  until: () => boolean,
  limit?: Limit,
): Promise<void> {
  const endsAt = limit && Date.now() + limit.milliseconds;
  const timeLeft = () => (endsAt === undefined ? undefined : endsAt - Date.now());
  let isFailing = false;
  for (let left = timeLeft(); !until() && (left === undefined || left > 0); left = timeLeft()) {
    const hasWork = () => until() || (record.hasUnrecorded && !isFailing);
    if (record.hasUnrecorded && !isFailing) isFailing = !(await recordNow(record, rules));
    else if (isFailing) {
      await waitAtMost(
        Math.min(left ?? pauseAfterFailure, pauseAfterFailure),
        'until the next attempt to record',
        until,
      );
      isFailing = false;
    } else if (left === undefined || limit === undefined) await condition(hasWork);
    else await waitAtMost(left, limit.summary, hasWork);
  }
}

/** Not cancelled with the submission: in a replay, the activity may be at another point by then. */
async function recordNow(record: OpenRecord, rules: CallRules): Promise<boolean> {
  const { revision } = record.state;
  try {
    await CancellationScope.nonCancellable(() => recordSubmission(record.asRecord(), rules));
    record.markRecorded(revision);
    return true;
  } catch (error) {
    if (error instanceof ActivityFailure) return false;
    throw error;
  }
}
