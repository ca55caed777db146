import { announcementRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { assertPreconditions, nothingThere } from '../http/preconditions.ts';
import { following } from '../http/response-headers.ts';
import { route } from '../routing/route.ts';
import { runningOperation } from './examples.ts';
import { followed, operationBody } from './followed.ts';
import { asRepresentation } from './operation-answers.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const announce = route(
  {
    route: 'POST /api/organiser/announcements',
    operationId: 'announce',
    who: 'organiser',
    summary: 'Announce decisions',
    description:
      'For an organiser. Announces some submissions, or all that match a filter, now or at a set time. Each is announced once.',
    takes: { body: { AnnouncementRequest: announcementRequest }, example: { filter: { verdict: 'passed' } } },
    gives: { 202: { body: operationBody, headers: following, example: { ...runningOperation, status: 'NotStarted' } } },
    refuses: ['idempotency-key-reused'],
  },
  ({ ids, gate, operationAnswers, now }: OrganiserDependencies) =>
    async (asked) => {
      const { person, key, content } = asked;
      const { submissions, filter, at, reason } = asked.body;
      const selection =
        submissions === undefined
          ? omitUndefined({ ...filter })
          : { ids: submissions.flatMap((text) => parseSubmissionId(text) ?? []) };
      const input = omitUndefined({
        id: ids.ofOperation('announcements', person.name, key),
        createdAt: now().toISOString(),
        reason,
        at: at === undefined ? undefined : new Date(at).toISOString(),
        selection,
      });
      await assertPreconditions(asked, nothingThere, () => gate.hasBegun(asked, 'announcements', input.id));
      const operation = await gate.announce(asked, input, ids.fingerprint(content));
      return operationAnswers.accepted('announcements', operation);
    },
);

export const readAnnouncement = followed('announcements', {
  operationId: 'readAnnouncement',
  summary: 'Follow an announcement',
});

export const cancelAnnouncement = route(
  {
    route: 'DELETE /api/organiser/announcements/{id}',
    operationId: 'cancelAnnouncement',
    who: 'organiser',
    summary: 'Cancel an announcement',
    description: 'For an organiser. Submissions that it has announced stay announced.',
    gives: {
      202: { description: 'It is being cancelled', body: operationBody, headers: following, example: runningOperation },
    },
    refuses: ['not-found'],
  },
  ({ gate, operationAnswers, now }: OrganiserDependencies) =>
    async (asked) => {
      const { params } = asked;
      const read = () => gate.operation(asked, 'announcements', params.id);
      await assertPreconditions(
        asked,
        async () => asRepresentation(await read()),
        async () => (await read()).status === 'Canceled',
      );
      const operation = await gate.cancelAnnouncement(asked, params.id, now().toISOString());
      return operationAnswers.accepted('announcements', operation);
    },
);
