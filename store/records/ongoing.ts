import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

export type Ongoing = { id: SubmissionId; awaits: string };

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

    async decided({ track, verdict }: { track?: string; verdict?: string }): Promise<SubmissionId[]> {
      let query = notOver().select('id').where('awaits', '=', 'announcement');
      if (track !== undefined) query = query.where('track', '=', track);
      if (verdict !== undefined) query = query.where('verdict', '=', verdict);
      const rows = await query.orderBy('created_at').orderBy('id').execute();
      return rows.map((row) => row.id);
    },
  };

  function read(after: SubmissionId | undefined, count: number) {
    const query = notOver().select(['id', 'awaits', 'parties']).orderBy('id').limit(count);
    return (after === undefined ? query : query.where('id', '>', after)).execute();
  }

  function notOver() {
    return db.selectFrom('submissions').where('is_over', '=', 0);
  }
}
