import { type OperationKind, operationSchema } from '../../contract/http/operation.ts';
import { following, followingWhileRunning } from '../http/response-headers.ts';
import { route } from '../routing/route.ts';
import { runningOperation } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const operationBody = { Operation: operationSchema };

/** The route to poll a long-running operation, as a submission is polled. */
export const followed = (kind: OperationKind, { operationId, summary }: { operationId: string; summary: string }) =>
  route(
    {
      route: `GET /api/organiser/${kind}/{id}`,
      operationId,
      who: 'organiser',
      summary,
      description: 'For an organiser. `202` while it runs, `200` when it has ended.',
      gives: {
        200: {
          description: 'It has ended',
          body: operationBody,
          example: { ...runningOperation, status: 'Succeeded', result: { done: 79, skipped: 1 } },
        },
        202: {
          description: 'It is running, or waits for its start',
          body: operationBody,
          headers: following,
          example: runningOperation,
        },
        304: { headers: followingWhileRunning },
      },
      refuses: ['not-found'],
    },
    ({ gate, operationAnswers }: OrganiserDependencies) =>
      async (asked) =>
        operationAnswers.status(kind, await gate.operation(asked, kind, asked.params.id)),
  );
