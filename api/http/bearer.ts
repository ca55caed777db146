import type { Context } from 'hono';
import { isBearerToken } from '../../contract/http/bearer-token.ts';

/** The credential of a request (RFC 6750, 2.1): in this header only, since a URL is logged and passed on (H12). */
export function bearerToken(c: Context): string | undefined {
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  return isBearerToken(token) ? token : undefined;
}
