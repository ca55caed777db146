import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

/** The places of each speaker, where the call takes so many talks of one: counted by all gateways together. */
export function createQuota(db: Database) {
  return {
    /**
     * Takes a place for a submission, which has one place, however often it is asked for; one that was withdrawn doesn't
     * take it back.
     */
    async take(speaker: string, id: SubmissionId, places: number): Promise<'taken' | 'held' | 'none'> {
      if (await isHeld(id)) return 'held';
      // Two who want the last one both try to insert the same row.
      for (let slot = 1; slot <= places; slot += 1) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('places')
          .values({ speaker, slot, submission_id: id })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 1n) return 'taken';
      }
      return (await isHeld(id)) ? 'held' : 'none';
    },

    /** Gives back what was just taken: nothing came of the submission. */
    async release(speaker: string, id: SubmissionId): Promise<void> {
      await db.deleteFrom('places').where('speaker', '=', speaker).where('submission_id', '=', id).execute();
    },
  };

  /** Whether the submission has its place, or had it until it was withdrawn. */
  async function isHeld(id: SubmissionId): Promise<boolean> {
    const row = await db.selectFrom('places').select('slot').where('submission_id', '=', id).executeTakeFirst();
    return row !== undefined;
  }
}

/** Another talk of the speaker may have the place of one that was withdrawn. */
export async function freeQuota(trx: Database, id: SubmissionId): Promise<void> {
  await trx.updateTable('places').set({ slot: null }).where('submission_id', '=', id).execute();
}
