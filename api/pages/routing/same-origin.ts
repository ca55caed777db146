import type { Context } from 'hono';
import { Refusal } from '../../http/refusal.ts';

/**
 * Whether a form was sent from a page of ours. Browsers say where a POST comes from: by its origin, and where their policy
 * hides that, by `Sec-Fetch-Site`, which no page can set.
 */
function isFromOurPage(c: Context, origin: string): boolean {
  return c.req.header('Origin') === origin || c.req.header('Sec-Fetch-Site') === 'same-origin';
}

/** @throws Refusal 403 for a form that was sent from another site */
export function assertFromOurPage(c: Context, origin: string): void {
  if (!isFromOurPage(c, origin)) throw new Refusal('cross-origin-form');
}
