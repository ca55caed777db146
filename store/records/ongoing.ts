import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

export type Ongoing = { id: SubmissionId; awaits: string };

export type ListedOngoing = Ongoing & { track: string; verdict: string | null };

/** Submissions that haven't ended. */
export function createOngoing(db: Database) {
  return {
    async after(id: SubmissionId | undefined, size: number): Promise<SubmissionId[]> {
      const rows = await read(id, size);
      return rows.map((row) => row.id);
    },

    all(sight: Sight): Promise<Ongoing[]> {
      return seenRows(
        Number.POSITIVE_INFINITY,
        (last: Awaited<ReturnType<typeof read>>[number] | undefined, count) => read(last?.id, count),
        (row) => isSeen(sight, row),
      );
    },

    /** In the order of their receipt, which is the order of an announcement. */
    listed: (): Promise<ListedOngoing[]> =>
      notOver().select(['id', 'awaits', 'track', 'verdict']).orderBy('created_at').orderBy('id').execute(),
  };

  function read(after: SubmissionId | undefined, count: number) {
    const query = notOver().select(['id', 'awaits', 'parties']).orderBy('id').limit(count);
    return (after === undefined ? query : query.where('id', '>', after)).execute();
  }

  function notOver() {
    return db.selectFrom('submissions').where('is_over', '=', 0);
  }
}
