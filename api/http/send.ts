import type { Context } from 'hono';
import type { crossOrigin } from './cross-origin.ts';
import { requestIdOf } from './request-id.ts';
import { safeHeaders, safePageHeaders } from './safe-headers.ts';

export type Content = string | Uint8Array<ArrayBuffer> | ReadableStream | null;

type Fields = Readonly<Record<string, string>> | undefined;

/** @param fields of the header; what comes later counts */
export type Send = (c: Context, status: number, fields: readonly Fields[], content: Content) => Response;

/**
 * Makes every response, with the fields that all have. The fields stay one plain object, which the server writes as it is:
 * middleware that adds each by itself to a `Headers`, where it is checked, copied and sorted again, costs as much as the
 * rest of a poll.
 */
export function createSend({ headersFor }: Pick<ReturnType<typeof crossOrigin>, 'headersFor'>) {
  const sendWith =
    (safe: Record<string, string>): Send =>
    (c, status, fields, content) => {
      const own = { 'X-Request-Id': requestIdOf(c) };
      // Not spread: V8 makes a slow dictionary of several spreads, which takes 30 times as long.
      const headers: Record<string, string> = Object.assign({}, safe, ...fields, own, headersFor(c));
      return new Response(content, { status, headers });
    };

  return { send: sendWith(safeHeaders), sendPage: sendWith(safePageHeaders) };
}
