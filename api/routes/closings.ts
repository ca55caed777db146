import { leftOpenSchema } from '../../contract/http/organiser-answers.ts';
import { closingRequest } from '../../contract/http/requests.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import { following } from '../http/response-headers.ts';
import { route } from '../routing/route.ts';
import { listed, runningOperation } from './examples.ts';
import { followed, operationBody } from './followed.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const readLeftOpen = route(
  {
    route: 'GET /api/organiser/closings',
    operationId: 'readLeftOpen',
    who: 'organiser',
    summary: 'Read what closing the call would end',
    description: 'For an organiser: the open submissions, and the messages that were not delivered.',
    gives: {
      200: {
        body: { LeftOpen: leftOpenSchema },
        example: {
          opens: listed.createdAt,
          closes: listed.createdAt,
          open: { count: 1, submissions: [{ id: listed.id, awaits: 'selection' }] },
          undelivered: { count: 0, messages: [] },
        },
      },
    },
  },
  ({ call: { opens, closes }, gate }: OrganiserDependencies) =>
    async (asked) => ({ status: 200, body: { opens, closes, ...(await gate.leftOpen(asked)) } }),
);

export const closeCall = route(
  {
    route: 'POST /api/organiser/closings',
    operationId: 'closeCall',
    who: 'organiser',
    summary: 'Close the call',
    description:
      "For an organiser, after the call's end. Open submissions end by the call's rule. It fails while a message is undelivered, unless `force` is set.",
    takes: { body: { ClosingRequest: closingRequest }, example: { reason: 'The programme is printed.' } },
    gives: { 202: { body: operationBody, headers: following, example: { ...runningOperation, status: 'NotStarted' } } },
    refuses: ['call-open', 'idempotency-key-reused'],
  },
  ({ call: { opens, closes }, ids, gate, operationAnswers, now }: OrganiserDependencies) =>
    async (asked) => {
      const { person, body, key, content, refuse } = asked;
      if (now() < new Date(closes)) return refuse('call-open', { opens, closes });
      const input = omitUndefined({
        id: ids.ofOperation('closings', person.name, key),
        createdAt: now().toISOString(),
        reason: body.reason,
        force: body.force,
      });
      const shown = async () => ({
        tag: entityTagOf(JSON.stringify({ opens, closes, ...(await gate.leftOpen(asked)) })),
      });
      await assertPreconditions(asked, shown, () => gate.hasBegun(asked, 'closings', input.id));
      return operationAnswers.accepted('closings', await gate.close(asked, input, ids.fingerprint(content)));
    },
);

export const readClosing = followed('closings', {
  operationId: 'readClosing',
  summary: 'Follow the closing of the call',
});
