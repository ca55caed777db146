import { untilAnnouncement } from '../../contract/held-until.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { hasClosing } from '../feeds/audit.ts';
import { lock } from '../locks.ts';
import type { Tables } from '../tables.ts';

/**
 * A submission frees one slot at most, however often it is told. Speakers who have confirmed may leave after the closing,
 * of which their workflows aren't told: nobody gets such a slot.
 *
 * @param held as by `heldUntil`
 */
export async function writeFreedSlot(db: Database, freedBy: SubmissionId, held: string | undefined): Promise<void> {
  await db
    .insertInto('freed_slots')
    .values({
      ...untouched(freedBy),
      is_held: held === undefined ? 0 : 1,
      held_until: held === untilAnnouncement ? null : (held ?? null),
      is_dropped: (await hasClosing(db)) ? 1 : 0,
    })
    .onConflict((conflict) => conflict.column('freed_by').doNothing())
    .execute();
}

/**
 * Writes who has taken a slot, in the transaction that records the promotion: a lost answer, or a restore, never frees a
 * slot that somebody has.
 */
export async function writeTakenSlot(trx: Database, state: SubmissionState): Promise<void> {
  const { promotedBy: freedBy } = state;
  if (freedBy === undefined) return;
  await lock(trx, { alone: ['slots'] });
  if (await hasTakenOne(trx, state.id)) return;
  const taken = { assigned_to: state.id, is_taken: 1 };
  await unassign(trx, state.id);
  await trx
    .insertInto('freed_slots')
    .values({ ...untouched(freedBy), ...taken })
    .onConflict((conflict) => conflict.column('freed_by').doUpdateSet(taken).where('freed_slots.is_taken', '=', 0))
    .execute();
}

/** The slot is free for the next, unless the submission has taken it. */
export async function unassign(trx: Database, id: SubmissionId): Promise<void> {
  await trx
    .updateTable('freed_slots')
    .set({ assigned_to: null })
    .where('assigned_to', '=', id)
    .where('is_taken', '=', 0)
    .execute();
}

async function hasTakenOne(trx: Database, id: SubmissionId): Promise<boolean> {
  const query = trx
    .selectFrom('freed_slots')
    .select('freed_by')
    .where('assigned_to', '=', id)
    .where('is_taken', '=', 1);
  return (await query.executeTakeFirst()) !== undefined;
}

function untouched(freedBy: SubmissionId): Tables['freed_slots'] {
  return { freed_by: freedBy, is_held: 0, held_until: null, assigned_to: null, is_taken: 0, is_dropped: 0 };
}
