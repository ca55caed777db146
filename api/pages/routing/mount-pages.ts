import type { Env, Hono } from 'hono';
import type { Send } from '../../http/send.ts';
import { type Around, unwatched } from '../../watching/around.ts';
import type { Page, PageAnswer } from './page.ts';

/** Adds pages to an app, beside the routes of the API: they are no part of its description. */
export function mountPages<E extends Env>(
  app: Hono<E>,
  pages: readonly Page[],
  sendPage: Send,
  around: Around = unwatched,
): void {
  for (const { path, get, post } of pages) {
    app.get(
      path,
      around(path, async (c) => sent(c, await get(c))),
    );
    if (post)
      app.post(
        path,
        around(path, async (c) => sent(c, await post(c))),
      );
  }

  function sent(c: Parameters<Send>[0], { status, headers, content }: PageAnswer): Response {
    return sendPage(c, status, [headers], content);
  }
}
