import { Hono } from 'hono';
import { z } from 'zod';
import { answerSized } from '../http/answer-sized.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import { cursor } from '../request/cursor-parameter.ts';
import { readQuery } from '../request/read-query.ts';

export type FollowDependencies = {
  publicUrl: string;
  only: Only;
  gate: Pick<Gate, 'changes' | 'announced' | 'commands'>;
};

/** Seconds to the next look of a program that has seen all. */
const pace = 15;

export const changesQuery = z.strictObject({
  since: cursor.optional().describe('`next` of the answer before; from the beginning, if left out'),
});

export const triggerQuery = z.strictObject({
  triggerState: cursor.optional().describe('From the `Location` of the answer before; if left out, from now on'),
});

export const auditQuery = z.strictObject({
  after: cursor.optional().describe('`next` of the answer before; from the beginning, if left out'),
});

/** What other programs follow: all changes in their order, the announcements one by one, and who did what. */
export function followRoutes({ publicUrl, only, gate }: FollowDependencies) {
  return new Hono<WithPerson>()
    .get('/changes', only('organiser'), async (c) =>
      answerTagged(c, JSON.stringify(await gate.changes(c.var.person, readQuery(c, changesQuery).since))),
    )

    .get('/announcements/trigger', only('organiser'), async (c) => {
      const { state, item, hasMore } = await gate.announced(c.var.person, readQuery(c, triggerQuery).triggerState);
      c.header('Cache-Control', 'no-store');
      c.header('Location', `${publicUrl}/api/organiser/announcements/trigger?triggerState=${state}`);
      // The one place where 0 is right: there is more to be had at once (contract H33).
      c.header('Retry-After', String(hasMore ? 0 : pace));
      return answerSized(c, item ? 200 : 202, 'application/json', JSON.stringify(item ?? {}));
    })

    .get('/audit', only('organiser'), async (c) =>
      answerTagged(c, JSON.stringify(await gate.commands(c.var.person, readQuery(c, auditQuery).after))),
    );
}
