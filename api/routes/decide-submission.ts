import { verdictSchema } from '../../contract/http/listed-submission.ts';
import { decisionRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const decideSubmission = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/decision',
    operationId: 'decideSubmission',
    who: 'organiser',
    summary: 'Decide on a submission',
    description:
      'For an organiser. Of two different decisions at the same time one is recorded; the other gets 409, with the decision that stands. Until it is announced, a decision can be changed by naming its number in `replaces`.',
    takes: { body: { DecisionRequest: decisionRequest }, example: { stage: 'selection', outcome: 'passed' } },
    gives: {
      200: {
        body: { Verdict: verdictSchema },
        example: {
          ...listed.verdicts[0],
          stage: 'selection',
          by: 'Olga',
          reasons: [{ code: 'decided', detail: 'Decided.' }],
        },
      },
    },
    refuses: [...openingRefusals, ...commandRefusals.decide, 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const command = omitUndefined(asked.body);
      const verdict = await changeSubmission(gate, (opened, condition) =>
        opened.decide({ ...command, ...condition }, asked.key),
      )(asked);
      return { status: 200, body: verdict };
    },
);
