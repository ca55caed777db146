import { z } from 'zod';
import { announcedSchema } from '../../contract/http/organiser-answers.ts';
import { cursor } from '../request/cursor-parameter.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/** Seconds between polls of a program that has seen everything. */
const pace = 15;

const headers = { Location: 'OrganiserLocation', 'Retry-After': 'RetryAfterOrAtOnce' } as const;

export const triggerOnAnnouncement = route(
  {
    route: 'GET /api/organiser/announcements/trigger',
    operationId: 'triggerOnAnnouncement',
    who: 'organiser',
    summary: 'Poll for announcements, one by one',
    description: 'For an organiser. A polling trigger as in Logic Apps: follow `Location`, after `Retry-After`.',
    takes: {
      query: z.strictObject({
        triggerState: cursor
          .optional()
          .describe('From the `Location` of the previous response; by default from now on'),
      }),
    },
    gives: {
      200: {
        description: 'One announcement',
        cache: 'no-store',
        body: { Announced: announcedSchema },
        headers,
        example: { outcome: 'accepted', announcedAt: listed.createdAt, submission: listed },
      },
      202: { description: 'Nothing new', cache: 'no-store', body: { NothingNew: z.strictObject({}) }, headers },
    },
  },
  ({ publicUrl, gate }: OrganiserDependencies) =>
    async (asked) => {
      const { state, item, hasMore } = await gate.announced(asked, asked.query.triggerState);
      const headers = {
        Location: `${publicUrl}/api/organiser/announcements/trigger?triggerState=${state}`,
        // Only here 0 is right: more announcements are ready (contract H33).
        'Retry-After': String(hasMore ? 0 : pace),
      };
      return item ? { status: 200, body: item, headers } : { status: 202, body: {}, headers };
    },
);
