import { MIMEType } from 'node:util';
import type { HonoRequest } from 'hono';
import { Refusal } from './refusal.ts';

/** The JSON value that a request carries. @throws Refusal for anything but well-formed JSON in UTF-8 (contract H6) */
export async function readJson(request: HonoRequest): Promise<unknown> {
  if (!isJson(request.header('Content-Type'))) {
    throw new Refusal('unsupported-media-type', { detail: 'Send the content as application/json, in UTF-8.' });
  }
  if (request.header('Content-Encoding') !== undefined) {
    throw new Refusal('unsupported-media-type', { detail: 'Send the content without a Content-Encoding.' });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await request.arrayBuffer());
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('malformed-json', { detail: 'The content must be one JSON value, in UTF-8.' }, { cause });
  }
}

function isJson(contentType: string | undefined): boolean {
  try {
    const { essence, params } = new MIMEType(contentType ?? '');
    return essence === 'application/json' && (params.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8';
  } catch {
    return false;
  }
}
