import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

export type Open = { id: string; awaited: string };

/** Submissions that are not over. */
export function createOpen(db: Database) {
  return {
    /** Open records, some at a time in the order of their ids. */
    async after(id: string, size: number): Promise<SubmissionId[]> {
      const rows = await db
        .selectFrom('submissions')
        .select('id')
        .where('over', '=', 0)
        .where('id', '>', id)
        .orderBy('id')
        .limit(size)
        .execute();
      return rows.flatMap((row) => parseSubmissionId(row.id) ?? []);
    },

    /** Those that are decided, and wait for their announcement. */
    async decided({ track, verdict }: { track?: string; verdict?: string }): Promise<SubmissionId[]> {
      let query = db.selectFrom('submissions').select('id').where('awaited', '=', 'announcement').where('over', '=', 0);
      if (track !== undefined) query = query.where('track', '=', track);
      if (verdict !== undefined) query = query.where('verdict', '=', verdict);
      const rows = await query.orderBy('created_at').orderBy('id').execute();
      return rows.flatMap((row) => parseSubmissionId(row.id) ?? []);
    },

    /** Those that are not over, with what they wait for, in the order of their ids. */
    all: (sight: Sight): Promise<Open[]> =>
      seenRows<Open & { parties: string }>(
        Number.POSITIVE_INFINITY,
        (last, count) =>
          db
            .selectFrom('submissions')
            .select(['id', 'awaited', 'parties'])
            .where('over', '=', 0)
            .where('id', '>', last?.id ?? '')
            .orderBy('id')
            .limit(count)
            .execute(),
        (row) => isSeen(sight, row),
      ),
  };
}
