import type { Operation, OperationKind } from '../../contract/http/operation.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { pollingHeaders } from '../http/polling-headers.ts';
import type { Representation } from '../http/preconditions.ts';
import { tagOf } from '../http/representation.ts';
import { shortestPace } from '../status/pace.ts';

/** Seconds between polls of an operation that waits for its start. */
const longestPace = 60;

export type OperationAnswers = ReturnType<typeof createOperationAnswers>;

/** Operations are polled as submissions are: 202 with where and when to poll, 200 at the end (contract H7, H8, H14). */
export function createOperationAnswers(publicUrl: string, now: () => Date) {
  const accepted = (kind: OperationKind, operation: Operation) => ({
    status: 202 as const,
    body: operation,
    headers: headersOf(kind, operation),
  });

  return {
    accepted,
    status: (kind: OperationKind, operation: Operation) =>
      isTerminal(operation) ? { status: 200 as const, body: operation } : accepted(kind, operation),
  };

  function headersOf(kind: OperationKind, { id, at, status }: Operation) {
    const left = at === undefined || status !== 'NotStarted' ? 0 : (Date.parse(at) - now().getTime()) / 1_000;
    const seconds = Math.max(shortestPace, Math.min(longestPace, Math.floor(left)));
    return pollingHeaders(`${publicUrl}/api/organiser/${kind}/${id}`, seconds);
  }
}

export function asRepresentation(operation: Operation): Representation {
  return { tag: tagOf(operation), modifiedAt: operation.lastUpdatedAt };
}
