import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

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
];

/** One day, in seconds; browsers cut it to less. */
const preflightLifetime = 86_400;

/** Lets pages of the configured origins use the API. Other origins get no CORS headers. */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler {
  const allow = cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowHeaders: [
      ...['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'If-Unmodified-Since'],
      ...['Prefer', 'X-Request-Id'],
    ],
    exposeHeaders: exposed,
    maxAge: preflightLifetime,
  });
  return async (c, next) => {
    if (origins.length === 0) return next();
    const origin = c.req.header('Origin') ?? '';
    const isAllowed = origins.includes(origin);
    // Hono treats every OPTIONS as a preflight; without this header it is an ordinary request.
    const isPlainOptions = c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') === undefined;
    if (isAllowed && !isPlainOptions) return allow(c, next);
    // Whether a response may be read depends on the origin, also for origins that are refused.
    c.header('Vary', 'Origin', { append: true });
    if (isAllowed) c.header('Access-Control-Allow-Origin', origin);
    return next();
  };
}
