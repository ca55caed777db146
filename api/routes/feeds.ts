import { z } from 'zod';
import { auditSchema, changesSchema } from '../../contract/http/organiser-answers.ts';
import { cursor } from '../request/cursor-parameter.ts';
import { route } from '../routing/route.ts';
import { aCursor } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

const next = { items: [], next: aCursor, hasMore: false };

export const listChanges = route(
  {
    route: 'GET /api/organiser/changes',
    operationId: 'listChanges',
    who: 'organiser',
    summary: 'List what has changed',
    description:
      'For an organiser. Each changed submission once, at its last change, as it is now. A client that continues from `next` misses none.',
    takes: {
      query: z.strictObject({
        since: cursor.optional().describe('`next` of the previous response; by default from the beginning'),
      }),
    },
    gives: { 200: { body: { Changes: changesSchema }, example: next } },
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => ({ status: 200, body: await gate.changes(asked, asked.query.since) }),
);

export const listCommands = route(
  {
    route: 'GET /api/organiser/audit',
    operationId: 'listCommands',
    who: 'organiser',
    summary: 'List who did what, when and why',
    description:
      'For an organiser. In the order of recording; entries are only added. Those by `operator (…)` were done in Temporal, with the name given there, and are noticed within minutes: `terminate`, `request-cancel`, `reset`; `miss-workflow` by `reconciler` says that Temporal no longer has the workflow.',
    takes: {
      query: z.strictObject({
        after: cursor.optional().describe('`next` of the previous response; by default from the beginning'),
      }),
    },
    gives: { 200: { body: { Audit: auditSchema }, example: next } },
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => ({ status: 200, body: await gate.commands(asked, asked.query.after) }),
);
