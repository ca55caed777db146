import { MIMEType } from 'node:util';
import type { HonoRequest } from 'hono';
import { Refusal } from '../http/refusal.ts';

/** A media type, and the header field that names it to a client that sends another one. */
type Accepted = { type: string; field: string };

/** Reads the JSON of a request. @throws Refusal for anything but well-formed JSON in UTF-8 (contract H6) */
export async function readJson(
  request: HonoRequest,
  { type, field }: Accepted = { type: 'application/json', field: 'Accept' },
): Promise<unknown> {
  if (!isOfType(request.header('Content-Type'), type)) {
    const detail = `Send the content as ${type}, in UTF-8.`;
    throw new Refusal('unsupported-media-type', { detail }, { headers: { [field]: type } });
  }
  if (isCoded(request.header('Content-Encoding'))) {
    const detail = 'Send the content without a Content-Encoding.';
    // Tells the client that the coding is the problem, not the type (RFC 9110, 12.5.3).
    throw new Refusal('unsupported-media-type', { detail }, { headers: { 'Accept-Encoding': 'identity' } });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await request.arrayBuffer());
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('malformed-json', { detail: 'The content must be one JSON value, in UTF-8.' }, { cause });
  }
}

/** Names that clients send for UTF-8 or a subset of it. JSON defines no charset parameter (RFC 8259, 11). */
const utf8 = ['utf-8', 'utf8', 'us-ascii', 'ascii'];

function isOfType(contentType: string | undefined, type: string): boolean {
  try {
    const { essence, params } = new MIMEType(contentType ?? '');
    return essence === type && utf8.includes((params.get('charset') ?? 'utf-8').toLowerCase());
  } catch {
    return false;
  }
}

/** `identity` means not encoded (RFC 9110, 8.4.1). */
function isCoded(contentEncoding = ''): boolean {
  return contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .some((coding) => coding !== '' && coding !== 'identity');
}
