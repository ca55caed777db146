import { processingSchema } from '../../contract/http/organiser-answers.ts';
import { processingRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const setProcessing = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/processing',
    operationId: 'setProcessing',
    who: 'organiser',
    summary: 'Restart or end a submission that is stuck',
    description:
      'For an organiser, where the service gave up on a stage (`isStuck`). A decision on it is possible too.',
    takes: { body: { ProcessingRequest: processingRequest }, example: { processing: 'restart' } },
    gives: { 200: { body: { Processing: processingSchema }, example: { processing: 'restart' } } },
    refuses: [...openingRefusals, ...commandRefusals.setProcessing, 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const { processing, reason } = asked.body;
      const command = omitUndefined({ processing, reason });
      await changeSubmission(gate, (opened, condition) =>
        opened.setProcessing({ ...command, ...condition }, asked.key),
      )(asked);
      return { status: 200, body: { processing } };
    },
);
