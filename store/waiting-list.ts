import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

/** Places that come free, and the list of those who wait for one. */
export function createWaitingList(db: Database) {
  return {
    /** Puts on record that a place is free, once; and says who has it, if anybody does. */
    async freePlace(freedBy: SubmissionId, at: string): Promise<SubmissionId | undefined> {
      await db
        .insertInto('places_passed_on')
        .values({ freed_by: freedBy, freed_at: at, taken_by: null })
        .onConflict((conflict) => conflict.column('freed_by').doNothing())
        .execute();
      const row = await db
        .selectFrom('places_passed_on')
        .select('taken_by')
        .where('freed_by', '=', freedBy)
        .executeTakeFirst();
      return row?.taken_by ? parseSubmissionId(row.taken_by) : undefined;
    },

    /**
     * Those who wait, by the rank that an organiser gave them, then by when they submitted; of those without a rank, after
     * the others.
     */
    async waiting(): Promise<SubmissionId[]> {
      const rows = await db
        .selectFrom('submissions')
        .select('id')
        .where('verdict', '=', 'waitlisted')
        .where('outcome', 'is', null)
        .orderBy((row) => row.case().when('rank', 'is', null).then(1).else(0).end())
        .orderBy('rank')
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.flatMap(({ id }) => parseSubmissionId(id) ?? []);
    },

    async takePlace(freedBy: SubmissionId, by: SubmissionId): Promise<void> {
      await db.updateTable('places_passed_on').set({ taken_by: by }).where('freed_by', '=', freedBy).execute();
    },

    /** Places that nobody has taken. */
    async freePlaces(): Promise<SubmissionId[]> {
      const rows = await db.selectFrom('places_passed_on').select('freed_by').where('taken_by', 'is', null).execute();
      return rows.flatMap((row) => parseSubmissionId(row.freed_by) ?? []);
    },
  };
}
