import type { Context } from 'hono';
import type { Operation, OperationKind } from '../../contract/http/operation.ts';
import { isOver } from '../../contract/workflow/operation-workflows.ts';
import { answerSized } from '../http/answer-sized.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import { shortestPace } from '../status/pace.ts';

/** Seconds to the next poll of what waits for its time. */
const longestPace = 60;

export type OperationAnswers = ReturnType<typeof createOperationAnswers>;

/** Operations are followed as submissions are: 202 with where and when to ask again, and 200 when it is over (H7, H8, H14). */
export function createOperationAnswers(publicUrl: string, now: () => Date) {
  return {
    accepted(c: Context, kind: OperationKind, operation: Operation): Response {
      pollingHeaders(c, kind, operation);
      c.header('Cache-Control', 'no-store');
      return answerSized(c, 202, 'application/json', JSON.stringify(operation));
    },

    status(c: Context, kind: OperationKind, operation: Operation): Response {
      const isRunning = !isOver(operation);
      if (isRunning) pollingHeaders(c, kind, operation);
      return answerTagged(c, JSON.stringify(operation), isRunning ? 202 : 200);
    },
  };

  function pollingHeaders(c: Context, kind: OperationKind, { id, at, status }: Operation): void {
    const url = `${publicUrl}/api/organiser/${kind}/${id}`;
    const left = at === undefined || status !== 'NotStarted' ? 0 : (Date.parse(at) - now().getTime()) / 1_000;
    for (const name of ['Location', 'Operation-Location', 'Content-Location']) c.header(name, url);
    c.header('Retry-After', String(Math.max(shortestPace, Math.min(longestPace, Math.floor(left)))));
  }
}
