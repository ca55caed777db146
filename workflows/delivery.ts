/** Sends one message, and retries where a second attempt does no harm. */
import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Again } from '../activities/deliver.ts';
import type { createActivities } from '../activities/index.ts';
import type { MessageId } from '../contract/mail/message-id.ts';

// In milliseconds.
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** To the next attempt, doubled each time. */
const shortestPause = minute;
const longestPause = hour;

/** About four days: if a mail server is down for longer, an organiser has to act. */
const attempts = 100;

/** To the next attempt of a webhook, as Standard Webhooks proposes: about three days in all. */
const webhookPauses = [
  ...[5 * second, 5 * minute, 30 * minute],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
];

/** Largest random part of a pause, so that messages that failed together are not retried together. */
const jitter = 0.2;

const { deliver, giveUp } = proxyActivities<ReturnType<typeof createActivities>>({
  // Longer than all time limits within an attempt.
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

/** Returns `undefined` after the last attempt. */
function pauseAfter(attempt: number, { again: channel, after = 0 }: Again): number | undefined {
  if (channel !== 'webhook')
    return attempt < attempts ? Math.min(longestPause, shortestPause * 2 ** (attempt - 1)) : undefined;
  const usual = webhookPauses[attempt - 1];
  return usual === undefined ? undefined : Math.round(Math.max(usual, after) * (1 + jitter * Math.random()));
}
