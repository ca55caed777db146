import { versionsSchema } from '../../contract/http/versions.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

const example = { items: [{ number: 1, at: listed.createdAt, submission: listed.submission }] };

export const readVersions = route(
  {
    route: 'GET /api/organiser/submissions/{id}/versions',
    operationId: 'readVersions',
    who: 'reviewer',
    summary: 'Read the versions of a submission',
    description:
      'For an organiser or a reviewer: all texts of the submission, in the fields that the call file shows to the role. An edit of others is not listed.',
    gives: { 200: { body: { Versions: versionsSchema }, example } },
    refuses: [...openingRefusals],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const opened = await gate.open(asked, asked.params.id);
      return { status: 200, body: { items: await opened.versions() } };
    },
);
