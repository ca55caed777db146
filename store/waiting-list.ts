import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

type FreedSlot = { takenBy: SubmissionId | undefined; offeredTo: SubmissionId | undefined };

export async function writeFreedSlot(db: Database, freedBy: SubmissionId): Promise<void> {
  await db
    .insertInto('freed_slots')
    .values({ freed_by: freedBy, offered_to: null, taken_by: null })
    .onConflict((conflict) => conflict.column('freed_by').doNothing())
    .execute();
}

/** Free slots, and the submissions that wait for one. */
export function createWaitingList(db: Database) {
  return {
    async freeSlot(freedBy: SubmissionId): Promise<FreedSlot> {
      await writeFreedSlot(db, freedBy);
      const row = await db
        .selectFrom('freed_slots')
        .select(['taken_by', 'offered_to'])
        .where('freed_by', '=', freedBy)
        .executeTakeFirst();
      return { takenBy: row?.taken_by ?? undefined, offeredTo: row?.offered_to ?? undefined };
    },

    /** Records an offer before it is made. @returns whether the previous offer was still to `last` */
    async offerSlot(freedBy: SubmissionId, to: SubmissionId, last: SubmissionId | undefined): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('freed_slots')
        .set({ offered_to: to })
        .where('freed_by', '=', freedBy)
        .where('taken_by', 'is', null)
        .where('offered_to', last === undefined ? 'is' : '=', last ?? null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async takeSlot(freedBy: SubmissionId, by: SubmissionId): Promise<void> {
      await db.updateTable('freed_slots').set({ taken_by: by }).where('freed_by', '=', freedBy).execute();
    },

    /** Submissions whose freed slot nobody has taken. */
    async freeSlots(): Promise<SubmissionId[]> {
      const rows = await db.selectFrom('freed_slots').select('freed_by').where('taken_by', 'is', null).execute();
      return rows.map((row) => row.freed_by);
    },

    /** The waiting list: by rank, then by time of submission; those without a rank come last. */
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
      return rows.map(({ id }) => id);
    },
  };
}
