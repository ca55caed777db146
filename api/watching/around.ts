import type { Context } from 'hono';

type Handle = (c: Context) => Response | Promise<Response>;

/** Watches the handlers of a route, which is named by its path. What it returns at once, it returns at once. */
export type Around = (route: string, handle: Handle) => Handle;

export const unwatched: Around = (_, handle) => handle;

/** The first one is outside. */
export const aroundAll =
  (first: Around, second: Around): Around =>
  (route, handle) =>
    first(route, second(route, handle));
