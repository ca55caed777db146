import { createHmac } from 'node:crypto';
import { postJson } from './post-json.ts';
import type { Sending } from './sending.ts';

type Options = Parameters<typeof postJson>[3] & { now?: () => number };

/**
 * Tells the organisers' own systems, signed as the Standard Webhooks specification has it: an HMAC over the id, the time
 * in seconds, and the body, so that neither can be changed, nor an old one be sent again.
 */
export function createWebhook(url: string, secret: string, { now = Date.now, ...options }: Options = {}) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return (id: string, notice: object): Promise<Sending> => {
    const body = JSON.stringify(notice);
    const timestamp = String(Math.floor(now() / 1_000));
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return postJson(
      url,
      body,
      { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
      options,
    );
  };
}
