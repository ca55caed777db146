import { type OperationKind, operationSchema } from '../../contract/http/operation.ts';
import { following, followingWhileRunning } from '../openapi/headers.ts';
import { route } from '../routing/route.ts';
import { runningOperation } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const operationBody = { Operation: operationSchema };

/** What takes its time is followed as a submission is. */
export const followed = (kind: OperationKind, { operationId, summary }: { operationId: string; summary: string }) =>
  route(
    {
      route: `GET /api/organiser/${kind}/{id}`,
      operationId,
      who: 'organiser',
      summary,
      description: 'For an organiser. `202` while it runs, and `200` when it is over.',
      gives: {
        200: {
          description: 'It is over',
          body: operationBody,
          example: { ...runningOperation, status: 'Succeeded', result: { done: 79, skipped: 1 } },
        },
        202: {
          description: 'It runs, or waits for its time',
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
