import type { Context } from 'hono';

/** An answer whose length is said by us, so that HEAD says it too (contract H20). */
export function answerSized(
  c: Context,
  code: 200 | 202,
  type: string,
  content: string | Uint8Array<ArrayBuffer>,
): Response {
  c.header('Content-Type', type);
  c.header('Content-Length', String(Buffer.byteLength(content)));
  return c.body(content, code);
}
