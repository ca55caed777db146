import { reviewRequestFor } from '../../contract/http/requests.ts';
import { reviewSchema } from '../../contract/http/submission-view.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
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
      'For an organiser or a reviewer: scores, or an abstention. A second review replaces the first. Once you could read the reviews of others, scores can no longer be given or changed.',
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
      const { scores, ...given } = asked.body;
      const command = omitUndefined({ ...given, scores: scores && allOf(scores) });
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
