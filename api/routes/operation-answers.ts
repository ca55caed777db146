import type { Operation, OperationKind } from '../../contract/http/operation.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import type { Representation } from '../http/preconditions.ts';
import { shortestPace } from '../status/pace.ts';

/** Seconds between polls of an operation that waits for its start. */
const longestPace = 60;

export type OperationAnswers = ReturnType<typeof createOperationAnswers>;

/** Operations are polled as submissions are: 202 with where and when to poll, 200 at the end (contract H7, H8, H14). */
export function createOperationAnswers(publicUrl: string, now: () => Date) {
  const accepted = (kind: OperationKind, operation: Operation) => ({
    status: 202 as const,
    body: operation,
    headers: pollingHeaders(kind, operation),
  });

  return {
    accepted,
    status: (kind: OperationKind, operation: Operation) =>
      isTerminal(operation) ? { status: 200 as const, body: operation } : accepted(kind, operation),
  };

  function pollingHeaders(kind: OperationKind, { id, at, status }: Operation) {
    const url = `${publicUrl}/api/organiser/${kind}/${id}`;
    const left = at === undefined || status !== 'NotStarted' ? 0 : (Date.parse(at) - now().getTime()) / 1_000;
    return {
      Location: url,
      'Operation-Location': url,
      'Content-Location': url,
      'Retry-After': String(Math.max(shortestPace, Math.min(longestPace, Math.floor(left)))),
    };
  }
}

export function asRepresentation(operation: Operation): Representation {
  return { tag: entityTagOf(JSON.stringify(operation)), modifiedAt: operation.lastUpdatedAt };
}
