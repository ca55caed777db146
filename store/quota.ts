import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

export function createQuota(db: Database) {
  return {
    /** Counts a submission once, however often it is asked for; one that was withdrawn is not counted again. */
    async take(speaker: string, id: SubmissionId, quota: number): Promise<'taken' | 'held' | 'none'> {
      if (await isHeld(id)) return 'held';
      // Two who want the last one both try to insert the same row.
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

    /** Gives back what was just taken: nothing came of the submission. */
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
