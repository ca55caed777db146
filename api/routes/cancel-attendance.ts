import { cancellationSchema } from '../../contract/http/organiser-answers.ts';
import { cancellationRequest } from '../../contract/http/requests.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { done } from '../http/done.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const cancelAttendance = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/attendance',
    operationId: 'cancelAttendance',
    who: 'organiser',
    summary: 'Cancel for an accepted speaker',
    description: 'For an organiser, at any time. The speaker is told; the slot goes on, unless the call is closed.',
    takes: {
      body: { CancellationRequest: cancellationRequest },
      example: { attendance: 'canceled', reason: 'The speaker is ill.' },
    },
    gives: { 200: { body: { Cancellation: cancellationSchema }, example: { attendance: 'canceled' } } },
    refuses: [...openingRefusals, ...commandRefusals.cancel],
  },
  ({ gate, reader, watchers, now }: OrganiserDependencies) =>
    async (asked) => {
      const { params, body, refuse } = asked;
      const since = reader.now();
      const at = now().toISOString();
      const open = () => gate.open(asked, params.id);
      const opened = await open();
      const { id } = opened.state;
      const shown = async () => (await open()).shown();
      const status = await underPreconditions(asked, shown, async (condition) =>
        done(await opened.cancelAttendance({ reason: body.reason, ...condition }, at), refuse),
      );
      reader.remember(id, status, since);
      watchers.notify(id, { kind: 'found', status });
      return { status: 200, body: { attendance: 'canceled' as const } };
    },
);
