/** Sends one message: it tries again only where a second time does no harm, and holds nothing else up. */
import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Again } from '../activities/deliver.ts';
import type { createActivities } from '../activities/index.ts';
import type { MessageId } from '../contract/mail/message-id.ts';

// In milliseconds.
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** To the next attempt: twice as long each time. */
const shortestPause = minute;
const longestPause = hour;

/** About four days: a mail server that is down longer needs a person. */
const attempts = 100;

/** Between the attempts at a webhook: as Standard Webhooks proposes, about three days in all. */
const webhookPauses = [
  ...[5 * second, 5 * minute, 30 * minute],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
];

/** At the most, of a pause: what failed together does not come back together. */
const jitter = 0.2;

const { deliver, giveUp } = proxyActivities<ReturnType<typeof createActivities>>({
  // Longer than all time limits of an attempt together.
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

export async function delivery(messageId: MessageId): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await deliver(messageId);
    if (typeof result === 'string') return result;
    const pause = pauseAfter(attempt, result);
    if (pause === undefined) break;
    await sleep(pause, { summary: 'until the next attempt' });
  }
  await giveUp(messageId);
  return 'parked';
}

/** Nothing after the last attempt. */
function pauseAfter(attempt: number, { again: way, after = 0 }: Again): number | undefined {
  if (way !== 'webhook')
    return attempt < attempts ? Math.min(longestPause, shortestPause * 2 ** (attempt - 1)) : undefined;
  const usual = webhookPauses[attempt - 1];
  return usual === undefined ? undefined : Math.round(Math.max(usual, after) * (1 + jitter * Math.random()));
}
