import type { Context } from 'hono';
import { isBearerToken } from '../../contract/http/bearer-token.ts';

/** The credential of a request (RFC 6750, 2.1), from the header only: URLs are logged and passed on (contract H12). */
export function bearerToken(c: Context): string | undefined {
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  return isBearerToken(token) ? token : undefined;
}
