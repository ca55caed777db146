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
    description: 'For an organiser, where the service gave up. It can be decided too.',
    takes: { body: { ProcessingRequest: processingRequest }, example: { processing: 'restart' } },
    gives: { 200: { body: { ProcessingRequest: processingRequest }, example: { processing: 'restart' } } },
    refuses: [...openingRefusals, ...commandRefusals.setProcessing, 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const command = omitUndefined(asked.body);
      await changeSubmission(gate, (opened, condition) =>
        opened.setProcessing({ ...command, ...condition }, asked.key),
      )(asked);
      return { status: 200, body: command };
    },
);
