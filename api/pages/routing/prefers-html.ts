import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

const problemTypes = ['application/problem+json', 'application/json'];

/** Whether an error is to be a page: outside of `/api`, if the client says that it prefers HTML (contract H25). */
export function prefersHtml(c: Context): boolean {
  const preferred = accepts(c, {
    header: 'Accept',
    supports: ['text/html', ...problemTypes],
    default: 'application/problem+json',
    match: (accepted, { supports, default: otherwise }) =>
      accepted
        .filter(({ q }) => q > 0)
        .toSorted((one, other) => other.q - one.q)
        .find(({ type }) => supports.includes(type))?.type ?? otherwise,
  });
  return preferred === 'text/html';
}

/** Whether errors under this path may be pages. */
export function isOutsideApi(c: Context): boolean {
  return !/^\/(?:api(?:\/|$)|openapi\.json$|health(?:\/|$)|metrics$)/.test(c.req.path);
}
