import { submissionViewSchema } from '../../contract/http/submission-view.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const readSubmission = route(
  {
    route: 'GET /api/organiser/submissions/{id}',
    operationId: 'readSubmission',
    who: 'reviewer',
    summary: 'Read a submission',
    description:
      'For an organiser or a reviewer: the fields that the call file shows to the role, and nothing at all with a conflict of interest. The reviews of others appear once you have given your own.',
    gives: { 200: { body: { SubmissionView: submissionViewSchema }, example: { ...listed, reviews: [] } } },
    refuses: [...openingRefusals],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const opened = await gate.open(asked, asked.params.id);
      return { status: 200, body: (await opened.shown()).view };
    },
);
