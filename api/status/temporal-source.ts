import type { StatusDocument } from '../../contract/http/status.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import { atMost, firstAnswer, type Reading, type StatusSource } from './status-source.ts';

/** Of the time that is left: the description, which needs no worker, has the rest. */
const queryShare = 0.6;

/**
 * Queries run on the workers, and compete there with the work itself. However many submissions are polled, a gateway has
 * no more of them under way; the others are read from the memo, which holds the same document.
 */
const concurrentQueries = 2;

/** What Temporal knows of a status: by its workflow, or without a worker by its description. */
export function temporalSource({ queryStatus, find }: Pick<Submissions, 'queryStatus' | 'find'>): StatusSource {
  const query: StatusSource = {
    name: 'query',
    share: queryShare,
    read: async (id, deadline) => asReading(await queryStatus(id, deadline)),
  };
  const description: StatusSource = {
    name: 'description',
    read: async (id, deadline) => asReading((await find(id, deadline))?.status),
  };
  return firstAnswer('Temporal', [atMost(concurrentQueries, query), description]);
}

function asReading(status: StatusDocument | undefined): Reading {
  return status ? { kind: 'found', status } : { kind: 'unknown' };
}
