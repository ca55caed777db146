import type { ExpressionBuilder } from 'kysely';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { lock } from '../locks.ts';
import type { Tables } from '../tables.ts';
import { writeFreedSlot } from './freed-slots.ts';

export type Assigned = { to: SubmissionId; isTaken: boolean };

/** Free slots, and the submissions that wait for one. */
export function createWaitingList(db: Database) {
  return {
    free: (freedBy: SubmissionId, held?: string): Promise<void> => locked((trx) => writeFreedSlot(trx, freedBy, held)),

    /**
     * Assigns a slot to the first on the waiting list that has none assigned, and before anybody is told. The assignment
     * stands until the submission has taken the slot, refuses it, or is erased.
     *
     * @param refusing submissions that don't take it
     */
    assign: (freedBy: SubmissionId, refusing: readonly SubmissionId[] = []): Promise<Assigned | undefined> =>
      locked(async (trx) => {
        const slot = trx.updateTable('freed_slots').where('freed_by', '=', freedBy).where('is_taken', '=', 0);
        if (refusing.length > 0) await slot.set({ assigned_to: null }).where('assigned_to', 'in', refusing).execute();
        await slot
          .set({ assigned_to: waiting(trx, refusing).limit(1) })
          .where('assigned_to', 'is', null)
          .where(mayBeGivenOn)
          .execute();
        const row = await trx
          .selectFrom('freed_slots')
          .select(['assigned_to', 'is_taken'])
          .where('freed_by', '=', freedBy)
          .executeTakeFirst();
        return row?.assigned_to ? { to: row.assigned_to, isTaken: row.is_taken === 1 } : undefined;
      }),

    async take(freedBy: SubmissionId, by: SubmissionId): Promise<void> {
      await db
        .updateTable('freed_slots')
        .set({ is_taken: 1 })
        .where('freed_by', '=', freedBy)
        .where('assigned_to', '=', by)
        .execute();
    },

    /** Submissions whose freed slot is to be given on now. */
    async freeSlots(): Promise<SubmissionId[]> {
      const query = db.selectFrom('freed_slots').select('freed_by').where('is_taken', '=', 0).where(mayBeGivenOn);
      return (await query.orderBy('freed_by').execute()).map((row) => row.freed_by);
    },

    /** Ends the holding of all slots: something was announced. */
    release: (): Promise<void> =>
      locked(async (trx) => {
        await trx.updateTable('freed_slots').set({ is_held: 0 }).where('is_held', '=', 1).execute();
      }),

    /** Nobody gets a slot that is free now, held or not. */
    drop: (): Promise<void> =>
      locked(async (trx) => {
        await trx.updateTable('freed_slots').set({ is_dropped: 1 }).where('is_taken', '=', 0).execute();
      }),

    /** The waiting list: by rank, then by time of submission; those without a rank come last. */
    async submissions(): Promise<SubmissionId[]> {
      return (await waiting(db).execute()).map(({ id }) => id);
    },
  };

  /** Other writers of slots, and erasures, wait: what is read of them here still holds when it is written. */
  function locked<Value>(act: (trx: Database) => Promise<Value>): Promise<Value> {
    return db.transaction().execute(async (trx) => {
      await lock(trx, { alone: ['slots'] });
      return act(trx);
    });
  }
}

function mayBeGivenOn({ eb, or, and }: ExpressionBuilder<Tables, 'freed_slots'>) {
  const isDue = or([eb('is_held', '=', 0), eb('held_until', '<=', new Date().toISOString())]);
  return and([eb('is_dropped', '=', 0), isDue]);
}

/** Without those that a slot is assigned to. */
function waiting(db: Database, refusing: readonly SubmissionId[] = []) {
  const query = db
    .selectFrom('submissions')
    .select('id')
    .where('verdict', '=', 'waitlisted')
    .where('outcome', 'is', null)
    .where((row) => row.not(row.exists(assignedTo(row))))
    .orderBy((row) => row.case().when('rank', 'is', null).then(1).else(0).end())
    .orderBy('rank')
    .orderBy('created_at')
    .orderBy('id');
  return refusing.length === 0 ? query : query.where('id', 'not in', refusing);
}

function assignedTo({ selectFrom }: ExpressionBuilder<Tables, 'submissions'>) {
  return selectFrom('freed_slots').select('freed_by').whereRef('assigned_to', '=', 'submissions.id');
}
