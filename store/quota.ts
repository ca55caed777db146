import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

export function createQuota(db: Database) {
  return {
    /** Counts a submission once, however often it is called; a withdrawn one isn't counted again. */
    async take(speaker: string, id: SubmissionId, quota: number): Promise<'taken' | 'held' | 'none'> {
      if (await isHeld(id)) return 'held';
      // Two submits that compete for the last number insert the same row: only one succeeds.
      for (let talk = 1; talk <= quota; talk += 1) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('quota')
          .values({ speaker, talk, submission_id: id })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 1n) return 'taken';
      }
      return (await isHeld(id)) ? 'held' : 'none';
    },

    /** Uncounts a submission that was not started. */
    async release(speaker: string, id: SubmissionId): Promise<void> {
      await db.deleteFrom('quota').where('speaker', '=', speaker).where('submission_id', '=', id).execute();
    },
  };

  async function isHeld(id: SubmissionId): Promise<boolean> {
    const row = await db.selectFrom('quota').select('talk').where('submission_id', '=', id).executeTakeFirst();
    return row !== undefined;
  }
}

export async function freeQuota(trx: Database, id: SubmissionId): Promise<void> {
  await trx.updateTable('quota').set({ talk: null }).where('submission_id', '=', id).execute();
}
