/** Sends one message: it tries as long as it is certain that the message was not taken, and holds nothing else up. */
import { proxyActivities, sleep } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';

/** Milliseconds to the next attempt: twice as long each time, from a minute to an hour. */
const shortestPause = 60_000;
const longestPause = 3_600_000;

/** About four days: a mail server that is down longer needs a person. */
const attempts = 100;

const { deliver, giveUp } = proxyActivities<ReturnType<typeof createActivities>>({
  // Longer than all time limits of an attempt together.
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

export async function delivery(messageId: string): Promise<string> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const result = await deliver(messageId);
    if (result !== 'again') return result;
    await sleep(Math.min(longestPause, shortestPause * 2 ** (attempt - 1)), { summary: 'until the next attempt' });
  }
  await giveUp(messageId);
  return 'parked';
}
