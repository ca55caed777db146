import type { StatusDocument } from '../contract/status.ts';
import type { SubmissionId } from '../contract/submission-id.ts';

/** A `no-answer` of one source sends the reader to the next one; the other two end the search. */
export type Reading =
  | { kind: 'found'; status: StatusDocument }
  | { kind: 'unknown' }
  | { kind: 'no-answer'; cause: unknown };

/** One place that a status can be read from. Failing is the same as having no answer. */
export interface StatusSource {
  readonly name: string;
  /** Milliseconds that this source may take at most, so that there is time left for the next one. */
  readonly patience: number;
  /** @param patience milliseconds until the reader no longer waits for the answer */
  read(id: SubmissionId, patience: number): Promise<Reading>;
}

/** The source, with no more than so many readings under way: past that it has no answer, and the next one is asked. */
export function atMost(limit: number, source: StatusSource): StatusSource {
  let underWay = 0;
  return {
    ...source,
    async read(id, patience) {
      if (underWay >= limit) return { kind: 'no-answer', cause: new Error(`${source.name}: ${limit} are under way`) };
      underWay += 1;
      try {
        return await source.read(id, patience);
      } finally {
        underWay -= 1;
      }
    },
  };
}
