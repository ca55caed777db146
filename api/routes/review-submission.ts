import { reviewRequestFor } from '../../contract/http/requests.ts';
import { reviewSchema } from '../../contract/http/submission-view.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/opening.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const reviewSubmission = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/review',
    operationId: 'reviewSubmission',
    who: 'reviewer',
    summary: 'Review a submission',
    description:
      'For an organiser, or a reviewer. Scores, or an abstention. Again, it replaces the review; once reviews of others were there to be read, no score is given or changed any more.',
    takes: { body: { ReviewRequest: reviewRequestFor }, example: { abstains: true, note: 'Not my field.' } },
    gives: {
      200: {
        body: { Review: reviewSchema },
        example: { stage: 'selection', by: 'Rita', at: listed.createdAt, abstains: true },
      },
    },
    refuses: [...openingRefusals, ...commandRefusals.review, 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const { scores, ...said } = asked.body;
      const command = omitUndefined({ ...said, scores: scores && allOf(scores) });
      const review = await changeSubmission(gate, (opened, condition) =>
        opened.review({ ...command, ...condition }, asked.key),
      )(asked);
      return { status: 200, body: review };
    },
);

function allOf(scores: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).flatMap(([id, score]): [string, number][] => (score === undefined ? [] : [[id, score]])),
  );
}
