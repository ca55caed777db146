import { MIMEType } from 'node:util';
import type { HonoRequest } from 'hono';
import { Refusal } from '../http/refusal.ts';

/** The JSON value that a request carries. @throws Refusal for anything but well-formed JSON in UTF-8 (contract H6) */
export async function readJson(request: HonoRequest): Promise<unknown> {
  if (!isJson(request.header('Content-Type'))) {
    const detail = 'Send the content as application/json, in UTF-8.';
    throw new Refusal('unsupported-media-type', { detail }, { headers: { Accept: 'application/json' } });
  }
  if (isCoded(request.header('Content-Encoding'))) {
    const detail = 'Send the content without a Content-Encoding.';
    // It tells the two apart (RFC 9110, 12.5.3).
    throw new Refusal('unsupported-media-type', { detail }, { headers: { 'Accept-Encoding': 'identity' } });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await request.arrayBuffer());
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('malformed-json', { detail: 'The content must be one JSON value, in UTF-8.' }, { cause });
  }
}

/** Names of UTF-8 that clients use, and of what is UTF-8 as well. JSON has no such parameter (RFC 8259, 11). */
const utf8 = ['utf-8', 'utf8', 'us-ascii', 'ascii'];

function isJson(contentType: string | undefined): boolean {
  try {
    const { essence, params } = new MIMEType(contentType ?? '');
    return essence === 'application/json' && utf8.includes((params.get('charset') ?? 'utf-8').toLowerCase());
  } catch {
    return false;
  }
}

/** `identity` says that it is not (RFC 9110, 8.4.1). */
function isCoded(contentEncoding = ''): boolean {
  return contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .some((coding) => coding !== '' && coding !== 'identity');
}
