import { deadlineSchema } from '../../contract/http/organiser-answers.ts';
import { deadlineRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const moveDeadline = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/deadline',
    operationId: 'moveDeadline',
    who: 'organiser',
    summary: 'Move the deadline of a submission',
    description:
      'For an organiser: the deadline of the panel, of the referral, or of the answer that the speaker owes.',
    takes: { body: { DeadlineRequest: deadlineRequest }, example: { due: '2027-03-01T18:00:00+01:00' } },
    gives: { 200: { body: { Deadline: deadlineSchema }, example: { due: '2027-03-01T17:00:00.000Z' } } },
    refuses: [...openingRefusals, ...commandRefusals.reschedule, 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const due = new Date(asked.body.due).toISOString();
      const command = omitUndefined({ due, reason: asked.body.reason });
      await changeSubmission(gate, (opened, condition) => opened.reschedule({ ...command, ...condition }, asked.key))(
        asked,
      );
      return { status: 200, body: { due } };
    },
);
