import type { Context } from 'hono';

/** Answers with an explicit Content-Length, so that HEAD has it too (contract H20). */
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
