import { createHmac } from 'node:crypto';
import { readRetryAfter } from '../contract/http/retry-after.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { postJson } from './post-json.ts';
import type { Sending } from './sending.ts';

/** In Standard Webhooks: the endpoint wants no more events. */
const gone = 410;

/** Milliseconds; an endpoint must not postpone its events further. */
const longestPause = 24 * 3_600_000;

type Options = Parameters<typeof postJson>[3] & { now?: () => number };

/**
 * Signs as Standard Webhooks specifies. Receivers drop repeated ids, so that all but known successes may be sent again.
 */
export function createWebhook(url: string, secret: string, { now = Date.now, ...options }: Options = {}) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return async (id: string, event: object): Promise<Sending> => {
    const body = JSON.stringify(event);
    const timestamp = String(Math.floor(now() / 1_000));
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    const { answer, ...sending } = await postJson(url, body, headers, options);
    if (sending.kind === 'sent') return sending;
    if (answer?.status === gone) return { kind: 'refused', detail: 'the answer was 410: the endpoint is gone' };
    if (answer === undefined && sending.kind === 'refused') return sending;
    const pause = readRetryAfter(answer?.retryAfter, now());
    const after = pause === undefined ? undefined : Math.min(pause, longestPause);
    return { kind: 'postponed', detail: sending.detail, ...omitUndefined({ after }) };
  };
}
