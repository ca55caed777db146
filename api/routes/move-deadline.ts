import { commandRefusals } from '../../contract/errors.ts';
import { given } from '../../contract/given.ts';
import { deadlineSchema } from '../../contract/http/organiser-answers.ts';
import { deadlineRequest } from '../../contract/http/requests.ts';
import { changeSubmission } from '../people/change-submission.ts';
import type { Gate } from '../people/gate.ts';
import { openingRefusals } from '../people/opening.ts';
import { route } from '../routing/route.ts';

export const moveDeadline = route(
  {
    method: 'put',
    path: '/api/organiser/submissions/{id}/deadline',
    operationId: 'moveDeadline',
    tag: 'organisers',
    who: 'organiser',
    summary: 'Move the deadline of a submission',
    description: 'For an organiser: that of the panel at work, or that of the speaker who has to answer.',
    parameters: { id: 'SubmissionId' },
    takes: {
      body: { DeadlineRequest: deadlineRequest },
      example: { due: '2027-03-01T18:00:00+01:00' },
      idempotencyKey: true,
      preconditions: true,
    },
    gives: {
      200: { cache: 'no-store', body: { Deadline: deadlineSchema }, example: { due: '2027-03-01T17:00:00.000Z' } },
    },
    refuses: [...openingRefusals, ...commandRefusals.reschedule, 'submission-concluded'],
  },
  ({ gate }: { gate: Pick<Gate, 'open'> }) =>
    async (asked) => {
      const due = new Date(asked.body.due).toISOString();
      const command = given({ due, why: asked.body.reason });
      await changeSubmission(gate, (opened, condition) => opened.reschedule({ ...command, ...condition }, asked.key))(
        asked,
      );
      return { status: 200, body: { due } };
    },
);
