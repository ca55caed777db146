import type { Context } from 'hono';
import type { crossOrigin } from './cross-origin.ts';
import { requestIdOf } from './request-id.ts';
import { safeHeaders, safePageHeaders } from './safe-headers.ts';

export type Content = string | Uint8Array<ArrayBuffer> | ReadableStream | null;

export type Send = (c: Context, status: number, headers: Record<string, string>, content: Content) => Response;

/**
 * Makes every response, with the fields that all have. The fields stay one plain object, which the server writes as it is:
 * middleware that adds each by itself to a `Headers`, where it is checked, copied and sorted again, costs as much as the
 * rest of a poll.
 */
export function createSend({ headersFor }: Pick<ReturnType<typeof crossOrigin>, 'headersFor'>) {
  const sendWith =
    (safe: Record<string, string>): Send =>
    (c, status, headers, content) =>
      new Response(content, {
        status,
        // Not spread: V8 makes a slow dictionary of several spreads, which takes 30 times as long.
        headers: Object.assign({}, safe, headers, { 'X-Request-Id': requestIdOf(c) }, headersFor(c)),
      });

  return { send: sendWith(safeHeaders), sendPage: sendWith(safePageHeaders) };
}
