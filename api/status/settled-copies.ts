import { LRUCache } from 'lru-cache';
import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';

// About 10 MB.
const keptDocuments = 20_000;

type Options = {
  /** Milliseconds for which a count holds, from its start. */
  freshness: number;
  /** Milliseconds after which it is renewed ahead. */
  renewal: number;
  now: () => number;
};

/**
 * Keeps documents that never change again, as they are on record. Only an erasure ends them (contract H15), so one question a
 * second replaces one for each of them: whether anything has been erased.
 */
export function createSettledCopies(countErasures: () => Promise<number>, { freshness, renewal, now }: Options) {
  const copies = new LRUCache<SubmissionId, StatusDocument>({ max: keptDocuments });
  let known: { count: number; since: number } | undefined;
  /** Changes when something was erased: a reading that began before may be of that. */
  let generation = 0;
  let isCounting = false;

  const age = () => (known === undefined ? Number.POSITIVE_INFINITY : now() - known.since);

  function get(id: SubmissionId): StatusDocument | undefined {
    const copy = copies.get(id);
    if (copy === undefined) return undefined;
    if (age() >= renewal) count();
    return age() < freshness ? copy : undefined;
  }

  function count(): void {
    if (isCounting) return;
    isCounting = true;
    const since = now();
    countErasures()
      .then((count) => {
        if (count !== known?.count) clear();
        known = { count, since };
      })
      // Until the database answers, each one is read by itself.
      .catch(() => undefined)
      .finally(() => {
        isCounting = false;
      });
  }

  function clear(): void {
    generation += 1;
    copies.clear();
  }

  return {
    get,
    has: (id: SubmissionId): boolean => copies.has(id),
    forget: (id: SubmissionId): void => void copies.delete(id),

    /** Call it when a reading begins. @returns a function that keeps what was read */
    begin(): (id: SubmissionId, status: StatusDocument) => void {
      if (known === undefined) count();
      const began = generation;
      return (id, status) => {
        if (generation === began) copies.set(id, status);
      };
    },
  };
}
