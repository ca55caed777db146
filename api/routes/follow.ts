import { Hono } from 'hono';
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import type { Person } from '../access.ts';
import { answerSized } from '../answer-sized.ts';
import { answerTagged } from '../answer-tagged.ts';
import { available } from '../available.ts';
import { conflictOf } from '../conflict.ts';
import type { Only, WithPerson } from '../only.ts';
import { readQuery } from '../read-query.ts';
import type { View } from '../view.ts';

export type FollowDependencies = {
  publicUrl: string;
  only: Only;
  view: View;
  store: Pick<Store, 'changesAfter' | 'lastNumber' | 'announcedAfter' | 'audit' | 'submissionsOf'>;
};

/** Seconds to the next look of a program that has seen all. */
const pace = 15;

const pageSize = 100;

/** Up to what both databases have for an integer. */
const number = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,8})$/, 'must be taken from the answer before, as it is')
  .meta({ maxLength: 9 })
  .transform(Number);

export const changesQuery = z.strictObject({
  since: number.default(0).describe('`next` of the answer before; from the beginning, if left out'),
});

export const triggerQuery = z.strictObject({
  triggerState: z
    .string()
    .regex(/^announced-(?:0|[1-9][0-9]{0,8})$/, 'must be taken from the Location before, as it is')
    .meta({ maxLength: 19 })
    .transform((text) => Number(text.slice('announced-'.length)))
    .optional()
    .describe('From the `Location` of the answer before; if left out, from now on'),
});

export const auditQuery = z.strictObject({
  after: z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,8})_[\w:.-]{1,120}$/, 'must be taken from the answer before, as it is')
    .meta({ maxLength: 140 })
    .optional()
    .describe('`next` of the answer before; from the beginning, if left out'),
});

/** What other programs follow: all changes in their order, the announcements one by one, and who did what. */
export function followRoutes({ publicUrl, only, view, store }: FollowDependencies) {
  return new Hono<WithPerson>()
    .get('/changes', only('organiser'), async (c) => {
      const { since } = readQuery(c, changesQuery);
      const changes = await available(store.changesAfter(since, pageSize));
      const items = changes.flatMap((change): object[] => {
        const { number, id } = change;
        if (change.kind === 'erased') return [change];
        const submission = view.listed(c.var.person, { ...change, flags: [] });
        return submission ? [{ number, id, kind: change.kind, submission }] : [];
      });
      return answerTagged(
        c,
        JSON.stringify({
          items,
          next: String(changes.at(-1)?.number ?? since),
          hasMore: changes.length === pageSize,
        }),
      );
    })

    .get('/announcements/trigger', only('organiser'), async (c) => {
      const { triggerState } = readQuery(c, triggerQuery);
      const state = triggerState ?? (await available(store.lastNumber()));
      const next = triggerState === undefined ? undefined : await firstFor(c.var.person, state);
      c.header('Cache-Control', 'no-store');
      c.header(
        'Location',
        `${publicUrl}/api/organiser/announcements/trigger?triggerState=announced-${next?.number ?? state}`,
      );
      // The one place where 0 is right: there is more to be had at once (contract H33).
      c.header('Retry-After', String(next?.hasMore ? 0 : pace));
      if (next === undefined) return answerSized(c, 202, 'application/json', JSON.stringify({}));
      const { item, outcome, announced_at: announcedAt, number } = next;
      return answerSized(
        c,
        200,
        'application/json',
        JSON.stringify({ number, outcome, announcedAt, submission: item }),
      );
    })

    .get('/audit', only('organiser'), async (c) => {
      const { after = '0_' } = readQuery(c, auditQuery);
      const [at, id] = [Number(after.split('_')[0]), after.slice(after.indexOf('_') + 1)];
      const rows = await available(store.audit.commandsAfter(at, id, pageSize));
      const about = await available(store.submissionsOf(rows.flatMap((row) => row.submission_id ?? [])));
      const items = rows.flatMap(({ id: _, submission_id: submission, ...row }) => {
        const kept = submission === null ? undefined : about.get(submission);
        if (kept && conflictOf(c.var.person, kept.submission, kept.state)) return [];
        return [withoutNull({ ...row, submission })];
      });
      const last = rows.at(-1);
      return answerTagged(
        c,
        JSON.stringify({
          items,
          next: last ? `${last.number}_${last.id}` : after,
          hasMore: rows.length === pageSize,
        }),
      );
    });

  /** The next one that is not to be kept from this person. */
  async function firstFor(person: Person, state: number) {
    for (let at = state; ; ) {
      const next = await available(store.announcedAfter(at));
      if (next === undefined) return undefined;
      const item = view.listed(person, { ...next, flags: [] });
      if (item) return { ...next, item };
      at = next.number;
    }
  }
}

function withoutNull(row: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
