import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Described } from '../../temporal/submissions/find-submission.ts';
import type { Submissions } from '../../temporal/submissions.ts';
import type { StatusOrigin } from './status-origin.ts';
import { atMost, pausing, type Reading, readFrom, type StatusSource } from './status-source.ts';

/** Share of the time that is left once the workflow is described. */
const queryShare = 0.6;

/** Queries compete with the other work of the workers. Beyond this limit the memo gives the same document. */
const concurrentQueries = 2;

/** Milliseconds without queries after one that had no answer: without workers, each would take its whole time. */
export const queryPause = 5_000;

// About 15 MB.
const rememberedAnswers = 20_000;

type Versioned = { version: string; status: StatusDocument };

/**
 * Asks for a description, which needs no worker, and queries the workflow once for each change: as long as its history is the
 * same, or its memo says the same as the last answer, that answer stands.
 */
export function temporalSource(
  { describe, queryStatus }: Pick<Submissions, 'describe' | 'queryStatus'>,
  now: () => number = () => performance.now(),
): StatusSource & { forget: (id: SubmissionId) => void } {
  const answers = new LRUCache<SubmissionId, Versioned>({ max: rememberedAnswers });
  /** By the memos, as long as there is no answer. */
  const published = new LRUCache<SubmissionId, Versioned>({ max: rememberedAnswers });
  const query: StatusSource = {
    name: 'query',
    read: async (id, deadline) => asReading(await queryStatus(id, deadline)),
  };
  const queries = atMost(concurrentQueries, pausing(queryPause, query, now));

  return {
    name: 'Temporal',

    async read(id, deadline) {
      const described = await describe(id, deadline);
      if (described === undefined) {
        forget(id);
        return { kind: 'unknown' };
      }
      const { version, hasPendingTask, isRunning } = described;
      const last = answers.get(id);
      if (last?.version === version) return { kind: 'found', status: last.status, from: 'unchanged' };

      // The workflow publishes its status wherever it begins to wait (`publish()`).
      const memo = await publishedBy(id, described);
      const stands = last !== undefined && isDeepStrictEqual(last.status, memo);
      if (hasPendingTask) return { kind: 'found', status: memo, from: 'memo' };
      if (stands || !isRunning) return remembered(memo, 'memo');
      const answer = await readFrom(queries, id, deadline.share(queryShare));
      if (answer.kind === 'no-answer') return { kind: 'found', status: memo, from: 'memo' };
      return answer.kind === 'found' ? remembered(answer.status, 'query') : answer;

      /** Under the version of before the query: what has moved since then is looked at again. */
      function remembered(status: StatusDocument, from: StatusOrigin): Reading {
        answers.set(id, { version, status });
        published.delete(id);
        return { kind: 'found', status, from };
      }
    },

    forget,
  };

  /** Decoded once for each version: a memo changes only with the history. */
  async function publishedBy(id: SubmissionId, { version, existing }: Described): Promise<StatusDocument> {
    const known = published.get(id);
    if (known?.version === version) return known.status;
    const { status } = await existing();
    published.set(id, { version, status });
    return status;
  }

  function forget(id: SubmissionId): void {
    answers.delete(id);
    published.delete(id);
  }
}

function asReading(status: StatusDocument | undefined): Reading {
  return status ? { kind: 'found', status } : { kind: 'unknown' };
}
