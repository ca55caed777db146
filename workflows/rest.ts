import { ActivityFailure, CancellationScope, condition } from '@temporalio/workflow';
import type { CallRules } from '../contract/call/rules.ts';
import { keep } from './activity-proxies.ts';
import { pause } from './pause.ts';
import type { OpenRecord } from './record.ts';

/** Milliseconds before what could not be put on record is tried again: the way itself doesn't wait for the database. */
const pauseAfterFailure = 60_000;

type Wait = { milliseconds: number; summary: string };

/**
 * Waits until something is so, or for so long. What people do meanwhile is put on record, by this one coroutine: where two
 * of them woke up in the same task, a replay could see their commands in another order.
 */
export async function rest(record: OpenRecord, rules: CallRules, until: () => boolean, wait?: Wait): Promise<void> {
  const giveUpAt = wait && Date.now() + wait.milliseconds;
  const timeLeft = () => (giveUpAt === undefined ? undefined : giveUpAt - Date.now());
  let isFailing = false;
  for (let left = timeLeft(); !until() && (left === undefined || left > 0); left = timeLeft()) {
    const hasWork = () => until() || (record.hasNews && !isFailing);
    if (record.hasNews && !isFailing) isFailing = !(await keptNow(record, rules));
    else if (isFailing) {
      await pause(Math.min(left ?? pauseAfterFailure, pauseAfterFailure), 'until the record is tried again', until);
      isFailing = false;
    } else if (left === undefined || wait === undefined) await condition(hasWork);
    else await pause(left, wait.summary, hasWork);
  }
}

/** It is not called off with the way: whether it was under way, or through, may look otherwise in a replay. */
async function keptNow(record: OpenRecord, rules: CallRules): Promise<boolean> {
  const { revision } = record.state;
  try {
    await CancellationScope.nonCancellable(() => keep(record.asKept(), rules));
    record.markKept(revision);
    return true;
  } catch (error) {
    if (error instanceof ActivityFailure) return false;
    throw error;
  }
}
