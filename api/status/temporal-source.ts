import type { StatusDocument } from '../../contract/http/status.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import { atMost, firstAnswer, type Reading, type StatusSource } from './status-source.ts';

const queryShare = 0.6;

/** Queries compete with the other work of the workers. Beyond this limit the memo gives the same document. */
const concurrentQueries = 2;

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
