import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';
import { isSeen, type Sight, seenRows } from './sight.ts';

export type LeftOpen = { id: string; awaited: string };

/** What the records say of where submissions are, to be held against the workflows. */
export type Kept = { awaited: string } | 'erased';

export function createReconciliation(db: Database) {
  return {
    /** Of many submissions at once; those that there is nothing of are left out. */
    async keptOf(ids: readonly SubmissionId[]): Promise<Map<string, Kept>> {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('submissions').select(['id', 'awaited']).where('id', 'in', ids).execute();
      const erased = await db.selectFrom('erasures').select('id').where('id', 'in', ids).execute();
      return new Map<string, Kept>([
        ...rows.map(({ id, awaited }): [string, Kept] => [id, { awaited }]),
        ...erased.map(({ id }): [string, Kept] => [id, 'erased']),
      ]);
    },

    /** Open records, some at a time in the order of their ids. */
    async openAfter(id: string, size: number): Promise<SubmissionId[]> {
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
    leftOpen: (sight: Sight): Promise<LeftOpen[]> =>
      seenRows<LeftOpen & { parties: string }>(
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

    /** When all workflows were last looked at; never, after a restore. */
    async lastCompleted(): Promise<string | undefined> {
      const row = await db.selectFrom('reconciliation').select('completed_at').executeTakeFirst();
      return row?.completed_at ?? undefined;
    },

    async complete(at: string | null): Promise<void> {
      await db.updateTable('reconciliation').set({ completed_at: at }).execute();
    },
  };
}
