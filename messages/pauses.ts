import type { Channel } from '../contract/mail/message.ts';

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

/**
 * Returns `undefined` after the last attempt.
 *
 * @param attempt from 1, the one that was postponed
 * @param after milliseconds that the receiver wants to be left alone
 */
export function pauseAfter(channel: Channel, attempt: number, after = 0): number | undefined {
  if (channel !== 'webhook')
    return attempt < attempts ? Math.min(longestPause, shortestPause * 2 ** (attempt - 1)) : undefined;
  const usual = webhookPauses[attempt - 1];
  return usual === undefined ? undefined : Math.round(Math.max(usual, after) * (1 + jitter * Math.random()));
}
