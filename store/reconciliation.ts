import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

export type Recorded = { awaits: string; run: string; revision: number } | 'erased';

/** Numbers of a feed that may have been given since the backup: whoever has read them must not miss the next ones. */
const mostLost = 1_000_000;

export function createReconciliation(db: Database) {
  return {
    async recordedOf(ids: readonly SubmissionId[]): Promise<Map<SubmissionId, Recorded>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('submissions')
        .select(['id', 'awaits', 'run', 'revision'])
        .where('id', 'in', ids)
        .execute();
      const erased = await db.selectFrom('erasures').select('id').where('id', 'in', ids).execute();
      return new Map<SubmissionId, Recorded>([
        ...rows.map(({ id, ...recorded }): [SubmissionId, Recorded] => [id, recorded]),
        ...erased.map(({ id }): [SubmissionId, Recorded] => [id, 'erased']),
      ]);
    },

    /** The time of the last complete run; `undefined` after a restore. */
    async lastCompleted(): Promise<string | undefined> {
      const row = await db.selectFrom('reconciliation').select('completed_at').executeTakeFirst();
      return row?.completed_at ?? undefined;
    },

    async complete(at: string): Promise<void> {
      await db.updateTable('reconciliation').set({ completed_at: at, complete_until: null }).execute();
    },

    /** After a restore: what has happened since the last run in the backup may be missing. */
    async reopen(): Promise<void> {
      await db
        .updateTable('feeds')
        .set((row) => ({ last: row('last', '+', mostLost) }))
        .execute();
      await db
        .updateTable('reconciliation')
        .set((row) => ({ completed_at: null, complete_until: row.ref('completed_at') }))
        .where('completed_at', 'is not', null)
        .execute();
    },

    /** Until when the records are known to be complete, after a restore. */
    async completeUntil(): Promise<string | undefined> {
      const row = await db.selectFrom('reconciliation').select('complete_until').executeTakeFirst();
      return row?.complete_until ?? undefined;
    },
  };
}
