import type { Call } from '../../contract/call/call.ts';
import { given } from '../../contract/given.ts';
import { leftOpenSchema } from '../../contract/http/organiser-answers.ts';
import { closingRequest } from '../../contract/http/requests.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import type { createIds } from '../ids.ts';
import { following } from '../openapi/headers.ts';
import type { Gate } from '../people/gate.ts';
import { route } from '../routing/route.ts';
import { listed, runningOperation } from './examples.ts';
import { followed, operationBody } from './followed.ts';
import type { OperationAnswers } from './operation-answers.ts';

export type ClosingDependencies = {
  call: Call;
  ids: ReturnType<typeof createIds>;
  gate: Pick<Gate, 'close' | 'hasBegun' | 'leftOpen'>;
  operationAnswers: OperationAnswers;
  now: () => Date;
};

export const readLeftOpen = route(
  {
    method: 'get',
    path: '/api/organiser/closings',
    operationId: 'readLeftOpen',
    tag: 'organisers',
    who: 'organiser',
    summary: 'Read what closing the call would bring to its end',
    description: 'For an organiser: the submissions that are open, and the answers that have not arrived.',
    gives: {
      200: {
        cache: 'revalidate',
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
  ({ call: { opens, closes }, gate }: Pick<ClosingDependencies, 'call' | 'gate'>) =>
    async ({ person }) => ({ status: 200, body: { opens, closes, ...(await gate.leftOpen(person)) } }),
);

export const closeCall = route(
  {
    method: 'post',
    path: '/api/organiser/closings',
    operationId: 'closeCall',
    tag: 'organisers',
    who: 'organiser',
    summary: 'Close the call',
    description:
      "For an organiser, after the call's end. What is open comes to its end by the call's rule. It fails where an answer is not delivered, unless it is forced.",
    takes: {
      body: { ClosingRequest: closingRequest },
      example: { reason: 'The programme is printed.' },
      idempotencyKey: true,
      preconditions: true,
    },
    gives: {
      202: {
        cache: 'no-store',
        body: operationBody,
        headers: following,
        example: { ...runningOperation, status: 'NotStarted' },
      },
    },
    refuses: ['call-open', 'idempotency-key-reused'],
  },
  ({ call: { opens, closes }, ids, gate, operationAnswers, now }: ClosingDependencies) =>
    async (asked) => {
      const { person, body, key, content, refuse } = asked;
      if (now() < new Date(closes)) return refuse('call-open', { opens, closes });
      const input = given({
        id: ids.ofOperation('closings', person.name, key),
        createdAt: now().toISOString(),
        why: body.reason,
        isForced: body.force,
      });
      const shown = async () => ({
        tag: entityTagOf(JSON.stringify({ opens, closes, ...(await gate.leftOpen(person)) })),
      });
      await assertPreconditions(asked, shown, () => gate.hasBegun('closings', input.id));
      return operationAnswers.accepted('closings', await gate.close(person, input, ids.fingerprint(content), refuse));
    },
);

export const readClosing = followed('closings', {
  operationId: 'readClosing',
  summary: 'Follow the closing of the call',
});
