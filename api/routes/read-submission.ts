import { submissionViewSchema } from '../../contract/http/submission-view.ts';
import type { Gate } from '../people/gate.ts';
import { openingRefusals } from '../people/opening.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';

export const readSubmission = route(
  {
    method: 'get',
    path: '/api/organiser/submissions/{id}',
    operationId: 'readSubmission',
    tag: 'organisers',
    who: 'reviewer',
    summary: 'Read a submission',
    description:
      "For an organiser, or a reviewer: as far as the call's file shows it to the role, and not at all where there is a conflict of interest. The reviews of the others are there when one's own is in.",
    parameters: { id: 'SubmissionId' },
    gives: {
      200: {
        cache: 'revalidate',
        body: { SubmissionView: submissionViewSchema },
        example: { ...listed, reviews: [] },
      },
    },
    refuses: [...openingRefusals],
  },
  ({ gate }: { gate: Pick<Gate, 'open'> }) =>
    async ({ person, params, refuse }) => {
      const opened = await gate.open(person, params.id, refuse);
      return { status: 200, body: (await opened.shown()).view };
    },
);
