import type { Context, Hono } from 'hono';
import { type Health, livePath, readyPath } from '../../process/health/health-routes.ts';
import type { Extensions } from '../http/problem.ts';
import { fieldsOf, json } from '../http/representation.ts';
import type { Send } from '../http/send.ts';
import type { Around } from '../watching/around.ts';

type Refuse = (c: Context, code: 'temporarily-unavailable', extensions: Extensions) => Response;

/** For balancers, which ask where the requests go. They are no part of the API: operators change them as they need. */
export function mountHealth(
  app: Hono,
  { isLive, readiness }: Health,
  send: Send,
  refuse: Refuse,
  around: Around,
): void {
  const answer = (c: Context, isWell: boolean, parts: object) => {
    if (!isWell) return refuse(c, 'temporarily-unavailable', { ...parts });
    const content = JSON.stringify({ status: 'up', ...parts });
    return send(c, 200, [{ 'Cache-Control': 'no-store' }, fieldsOf({ type: json, content })], content);
  };

  const live = around(livePath, (c) => answer(c, isLive(), {}));
  const ready = around(readyPath, async (c) => {
    const { isReady, parts } = await readiness();
    return answer(c, isReady, parts);
  });
  app.get(livePath, live);
  app.get(readyPath, ready);
}
