import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal } from '../http/refusal.ts';

/** More than the longest valid submission takes in UTF-8 (contract H6). */
const maxContentBytes = 64 * 1024;

export function limitContent(maxBytes = maxContentBytes): MiddlewareHandler {
  const tooLarge = () =>
    new Refusal('content-too-large', { detail: `The content may have at most ${maxBytes} bytes.` });

  const countContent = bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw tooLarge();
    },
  });

  return (c, next) => {
    const length = c.req.header('Content-Length');
    // Hono counts the bytes only without a Content-Length. With one, Node enforces it; counting again would make a submit a
    // third more expensive.
    if (length === undefined) return countContent(c, next);
    if (Number(length) > maxBytes) throw tooLarge();
    return next();
  };
}
