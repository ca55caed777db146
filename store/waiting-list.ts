import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

/** A place that came free. */
type Place = { takenBy: SubmissionId | undefined; offeredTo: SubmissionId | undefined };

/** Puts on record that a place is free, once, whatever has become of it. */
export async function noteFreePlace(db: Database, freedBy: SubmissionId, at: string): Promise<void> {
  await db
    .insertInto('places_passed_on')
    .values({ freed_by: freedBy, freed_at: at, offered_to: null, taken_by: null })
    .onConflict((conflict) => conflict.column('freed_by').doNothing())
    .execute();
}

/** Places that come free, and the list of those who wait for one. */
export function createWaitingList(db: Database) {
  return {
    /** Puts on record that a place is free, once; and says who has it, or was offered it last, if anybody. */
    async freeSlot(freedBy: SubmissionId, at: string): Promise<Place> {
      await noteFreePlace(db, freedBy, at);
      const row = await db
        .selectFrom('places_passed_on')
        .select(['taken_by', 'offered_to'])
        .where('freed_by', '=', freedBy)
        .executeTakeFirst();
      return { takenBy: parseSubmissionId(row?.taken_by ?? ''), offeredTo: parseSubmissionId(row?.offered_to ?? '') };
    },

    /**
     * Puts on record to whom a place is offered, before it is.
     *
     * @param last to whom it was offered before: whether that is still so
     */
    async offerSlot(freedBy: SubmissionId, to: SubmissionId, last: SubmissionId | undefined): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('places_passed_on')
        .set({ offered_to: to })
        .where('freed_by', '=', freedBy)
        .where('taken_by', 'is', null)
        .where('offered_to', last === undefined ? 'is' : '=', last ?? null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /**
     * Those who wait, by the rank that an organiser gave them, then by when they submitted; of those without a rank, after
     * the others.
     */
    async submissions(): Promise<SubmissionId[]> {
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

    async takeSlot(freedBy: SubmissionId, by: SubmissionId): Promise<void> {
      await db.updateTable('places_passed_on').set({ taken_by: by }).where('freed_by', '=', freedBy).execute();
    },

    /** Places that nobody has taken. */
    async freeSlots(): Promise<SubmissionId[]> {
      const rows = await db.selectFrom('places_passed_on').select('freed_by').where('taken_by', 'is', null).execute();
      return rows.flatMap((row) => parseSubmissionId(row.freed_by) ?? []);
    },
  };
}
