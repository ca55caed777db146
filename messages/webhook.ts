import { createHmac } from 'node:crypto';
import { postJson } from './post-json.ts';
import { readRetryAfter } from './retry-after.ts';
import type { Sending } from './sending.ts';

/** By which a receiver says, in Standard Webhooks, that nothing is to be sent there any more. */
const gone = 410;

type Options = Parameters<typeof postJson>[3] & { now?: () => number };

/**
 * Tells the organisers' own systems, signed as the Standard Webhooks specification has it: an HMAC over the id, the time
 * in seconds, and the body, so that neither can be changed, nor an old one be sent again. Receivers drop what they have had
 * under the same id: so whatever is no success, or not known to be one, may be sent again.
 */
export function createWebhook(url: string, secret: string, { now = Date.now, ...options }: Options = {}) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return async (id: string, notice: object): Promise<Sending> => {
    const body = JSON.stringify(notice);
    const timestamp = String(Math.floor(now() / 1_000));
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    const { answer, ...sending } = await postJson(url, body, headers, options);
    if (sending.kind === 'sent') return sending;
    if (answer?.status === gone) return { kind: 'refused', detail: 'the answer was 410: the endpoint is gone' };
    if (answer === undefined && sending.kind === 'refused') return sending;
    const after = readRetryAfter(answer?.retryAfter, now());
    return { kind: 'postponed', detail: sending.detail, ...(after === undefined ? {} : { after }) };
  };
}
