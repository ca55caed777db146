import { conflictSchema } from '../../contract/http/organiser-answers.ts';
import { conflictRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const declareConflict = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/conflict',
    operationId: 'declareConflict',
    who: 'reviewer',
    summary: 'Declare a conflict of interest',
    description:
      'For an organiser or a reviewer: the submission is hidden from them from then on. An organiser can also confirm a conflict that was found for another `person` (see `possibleConflicts`).',
    takes: { body: { ConflictRequest: conflictRequest }, example: { reason: 'A friend of mine.' } },
    gives: { 200: { body: { Conflict: conflictSchema }, example: { by: 'Rita', at: listed.createdAt } } },
    refuses: [...openingRefusals, ...commandRefusals.declareConflict, 'nothing-to-confirm', 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      const { person: other, reason } = asked.body;
      if (other !== undefined && asked.person.role !== 'organiser')
        return asked.refuse('invalid-command', { errors: [{ detail: 'is only for organisers', pointer: '/person' }] });
      const command = omitUndefined({ person: other, reason });
      const { by, at, confirmedBy } = await changeSubmission(gate, (opened, condition) =>
        opened.declareConflict({ ...command, ...condition }, asked.refuse),
      )(asked);
      return { status: 200, body: omitUndefined({ by, at, confirmedBy }) };
    },
);
