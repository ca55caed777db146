import { addressRequest } from '../../contract/http/requests.ts';
import { commandRefusals } from '../../contract/workflow/errors.ts';
import { changeSubmission } from '../people/change-submission.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

const example = { email: 'ada@example.org', reason: 'It had a typing error.' };

export const correctAddress = route(
  {
    route: 'PUT /api/organiser/submissions/{id}/speaker-address',
    operationId: 'correctAddress',
    who: 'organiser',
    summary: "Correct the speaker's address",
    description:
      'For an organiser. Links sent earlier end. An answer that the speaker owes is asked for again, with its whole time.',
    takes: { body: { AddressRequest: addressRequest }, example },
    gives: { 200: { body: { AddressRequest: addressRequest }, example } },
    refuses: [...openingRefusals, ...commandRefusals.correctAddress, 'submission-concluded'],
  },
  ({ gate }: OrganiserDependencies) =>
    async (asked) => {
      await changeSubmission(gate, (opened, condition) =>
        opened.correctAddress({ ...asked.body, ...condition }, asked.refuse, asked.key),
      )(asked);
      return { status: 200, body: asked.body };
    },
);
