import { MIMEType } from 'node:util';
import type { Context } from 'hono';
import { Refusal } from '../../http/refusal.ts';
import { limitContent } from '../../request/limit-content.ts';

/**
 * Bytes of a form. Its coding takes up to 12 for a character, so the longest talk that the API takes has more than the 64 KiB
 * of JSON.
 */
const maxFormBytes = 384 * 1024;

/** Reads a form. @throws Refusal for another type, or one that is too large */
export async function readForm(c: Context): Promise<URLSearchParams> {
  if (!isForm(c.req.header('Content-Type'))) throw new Refusal('unsupported-media-type');
  await limitContent(maxFormBytes)(c, async () => undefined);
  return new URLSearchParams(await c.req.text());
}

/** A text of a form, as it is counted and submitted: forms carry CRLF, and may have white space at their ends. */
export function textIn(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').replaceAll('\r\n', '\n').trim().normalize('NFC');
}

function isForm(contentType: string | undefined): boolean {
  try {
    return new MIMEType(contentType ?? '').essence === 'application/x-www-form-urlencoded';
  } catch {
    return false;
  }
}
