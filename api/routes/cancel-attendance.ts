import { cancellationRequest } from '../../contract/http/requests.ts';
import { statusDocumentSchema } from '../../contract/http/status.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { accepted } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const cancelAttendance = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/attendance',
    operationId: 'cancelAttendance',
    who: 'organiser',
    summary: 'Cancel for an accepted speaker',
    description:
      'For an organiser, at any time: the speaker has confirmed, or has still to answer. The speaker is told. The slot goes to the waiting list, unless the call is closed. The outcome stays.',
    takes: {
      body: { CancellationRequest: cancellationRequest },
      example: { attendance: 'canceled', reason: 'She has called: she is ill.' },
    },
    gives: {
      200: {
        body: { StatusDocument: statusDocumentSchema },
        only: { status: ['Succeeded'] },
        example: { ...accepted, result: { outcome: 'accepted', attendance: 'canceled' } },
      },
    },
    refuses: [...openingRefusals, ...commandRefusals.cancel, 'submission-concluded'],
  },
  ({ gate, reader, watchers, now }: OrganiserDependencies) =>
    async (asked) => {
      const since = reader.now();
      const { reason } = asked.body;
      const at = now().toISOString();
      const status = await changeSubmission(gate, (opened, condition) =>
        opened.cancelAttendance({ reason, ...condition }, at),
      )(asked);
      const id = parseSubmissionId(status.id);
      if (id !== undefined) {
        reader.remember(id, status, since);
        watchers.notify(id, { kind: 'found', status });
      }
      return { status: 200, body: status };
    },
);
