import { expressionBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { isInterrupted } from '../messages/attempts.ts';
import type { Tables } from '../tables.ts';

/** `call`: what the mail is made of. */
export type AccessRequest = Pick<Tables['access_requests'], 'id' | 'holder' | 'call' | 'asked_at'>;

/** `isCharged`: it is in the budget of its address already. */
export type ClaimedRequest = AccessRequest & { staleAt: string; isCharged: boolean };

/** Milliseconds in which whoever asks for a link still waits for it. */
const patience = 3_600_000;

const staleAfter = (instant: string) => new Date(Date.parse(instant) + patience).toISOString();

/** What waits for one address is answered by one mail, by whichever worker claims it, and is deleted. */
export function createAccessRequests(db: Database) {
  return {
    /** One row, whatever the address: nothing is looked up. */
    async write(request: AccessRequest): Promise<void> {
      const { asked_at } = request;
      const free = { claimed_by: '', claimed_at: null, is_charged: 0 };
      await db
        .insertInto('access_requests')
        .values({ ...request, due_at: asked_at, stale_at: staleAfter(asked_at), ...free })
        .execute();
    },

    /** The one that is due first, of those that nobody answers. */
    next: (): Promise<Pick<Tables['access_requests'], 'holder' | 'due_at'> | undefined> =>
      db
        .selectFrom('access_requests')
        .select(['holder', 'due_at'])
        .where('claimed_by', '=', '')
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst(),

    async areClaimed(): Promise<boolean> {
      const row = await db.selectFrom('access_requests').select('id').where('claimed_by', '>', '').executeTakeFirst();
      return row !== undefined;
    },

    /**
     * Claims what waits for an address, and keeps the latest of it.
     *
     * @param by an attempt of an activity, like `activity#2`. It may claim again if the response was lost
     */
    claim: (holder: string, by: string): Promise<ClaimedRequest | undefined> =>
      db.transaction().execute(async (trx) => {
        const rows = await trx
          .updateTable('access_requests')
          .set({ claimed_by: by, claimed_at: new Date().toISOString() })
          .where('holder', '=', holder)
          .where('claimed_by', 'in', ['', by])
          .returningAll()
          .execute();
        const [latest, ...others] = rows.toSorted((one, other) => (one.asked_at < other.asked_at ? 1 : -1));
        if (latest === undefined) return undefined;
        const { id, call, asked_at, stale_at: staleAt } = latest;
        const isCharged = rows.some(({ is_charged }) => is_charged === 1);
        if (others.length > 0) {
          const is_charged = isCharged ? 1 : 0;
          await trx.updateTable('access_requests').set({ is_charged }).where('id', '=', id).execute();
          await trx
            .deleteFrom('access_requests')
            .where('holder', '=', holder)
            .where('claimed_by', '=', by)
            .where('id', '!=', id)
            .execute();
        }
        return { id, holder, call, asked_at, staleAt, isCharged };
      }),

    /** Call it before the mail is sent. @returns `false` if another attempt has it by now */
    async begin(id: string, by: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('access_requests')
        .set({ is_charged: 1 })
        .where('id', '=', id)
        .where('claimed_by', '=', by)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Over the cap: it waits, and is as fresh then as it was. */
    async hold(id: string, until: string): Promise<void> {
      await freed({ due_at: until, stale_at: staleAfter(until) })
        .where('id', '=', id)
        .execute();
    },

    async postpone(id: string, dueAt: string): Promise<void> {
      await freed({ due_at: dueAt }).where('id', '=', id).execute();
    },

    async remove(id: string): Promise<void> {
      await db.deleteFrom('access_requests').where('id', '=', id).execute();
    },

    /**
     * Where an attempt broke off: what was certainly not sent waits again; what was perhaps sent is dropped, since whoever
     * still needs it can ask again, and no address gets more mails than the cap allows.
     */
    async settleInterrupted(by: string): Promise<void> {
      const claimed = await db.selectFrom('access_requests').selectAll().where('claimed_by', '>', '').execute();
      for (const row of claimed) {
        const { id, claimed_by, claimed_at, is_charged } = row;
        if (!isInterrupted({ claimed_by, updated_at: claimed_at ?? row.asked_at }, by)) continue;
        const unchanged = expressionBuilder<Tables, 'access_requests'>().and({ id, claimed_by, is_charged });
        const isPerhapsSent = is_charged === 1;
        if (isPerhapsSent) await db.deleteFrom('access_requests').where(unchanged).execute();
        else await freed({}).where(unchanged).execute();
      }
    },

    /** After a restore: what the backup has was answered since, or asked again. */
    async clear(): Promise<void> {
      await db.deleteFrom('access_requests').execute();
    },
  };

  function freed(change: { due_at?: string; stale_at?: string }) {
    return db.updateTable('access_requests').set({ claimed_by: '', claimed_at: null, ...change });
  }
}
