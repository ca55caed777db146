import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

/** What the records say of where submissions are, to be held against the workflows. */
export type Recorded = { awaited: string } | 'erased';

export function createReconciliation(db: Database) {
  return {
    /** Of many submissions at once; those that there is nothing of are left out. */
    async recordedOf(ids: readonly SubmissionId[]): Promise<Map<string, Recorded>> {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom('submissions').select(['id', 'awaited']).where('id', 'in', ids).execute();
      const erased = await db.selectFrom('erasures').select('id').where('id', 'in', ids).execute();
      return new Map<string, Recorded>([
        ...rows.map(({ id, awaited }): [string, Recorded] => [id, { awaited }]),
        ...erased.map(({ id }): [string, Recorded] => [id, 'erased']),
      ]);
    },

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
