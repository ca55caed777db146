import type { Context } from 'hono';

/** The credential of a request (RFC 6750, 2.1): in this header only, since a URL is logged and passed on (H12). */
export function bearerToken(c: Context): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(c.req.header('Authorization') ?? '')?.[1];
}
