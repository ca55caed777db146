import type { Context } from 'hono';

/** Response headers that a page of another origin may read (contract H29). */
const exposed = [
  'Location',
  'Operation-Location',
  'Content-Location',
  'Retry-After',
  'ETag',
  'Link',
  'Preference-Applied',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
].join(',');

/** One day, in seconds; browsers cut it to less. */
const preflightLifetime = 86_400;

const allowedHeaders = [
  ...['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'If-Unmodified-Since'],
  ...['Prefer', 'X-Request-Id'],
].join(',');

const permissions = {
  'Access-Control-Allow-Methods': 'GET,HEAD,POST,PUT,PATCH,DELETE',
  'Access-Control-Allow-Headers': allowedHeaders,
  'Access-Control-Max-Age': String(preflightLifetime),
};

/** Lets pages of the configured origins use the API. Other origins get no CORS headers. */
export function crossOrigin(origins: readonly string[]) {
  return {
    /** Of every response. Whether it may be read depends on the origin, also for origins that are refused. */
    headersFor(c: Context): Record<string, string> {
      if (origins.length === 0) return {};
      const origin = c.req.header('Origin') ?? '';
      if (!origins.includes(origin)) return { Vary: 'Origin' };
      return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed };
    },

    /** Of the answer to a preflight; `undefined` if the request is none. */
    permissionsFor(c: Context): Record<string, string> | undefined {
      const isPreflight = c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') !== undefined;
      return isPreflight && origins.includes(c.req.header('Origin') ?? '') ? permissions : undefined;
    },
  };
}
