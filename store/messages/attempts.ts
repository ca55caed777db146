import type { MessageState } from '../../contract/mail/message.ts';
import type { MessageId } from '../../contract/mail/message-id.ts';
import type { Database } from '../database.ts';

export type Claim = { kind: 'claimed'; attempt: number } | { kind: 'settled'; state: MessageState } | { kind: 'gone' };

/** Attempts to send messages. No message is sent twice unless an organiser asks for it. */
export function createAttempts(db: Database) {
  return {
    /**
     * Claims a pending message. After an interrupted attempt an organiser decides, unless the receiver drops duplicates.
     *
     * @param by identifies the attempt, which may claim again if the response was lost
     */
    async claim(id: MessageId, by: string): Promise<Claim> {
      const taken = await changed()
        .set((row) => ({ state: 'sending', attempts: row('attempts', '+', 1), claimed_by: by }))
        .where('id', '=', id)
        .where((row) => {
          const isDroppedTwice = row.and([row('channel', '=', 'webhook'), row('claimed_by', '!=', by)]);
          return row.or([row('state', '=', 'pending'), row.and([row('state', '=', 'sending'), isDroppedTwice])]);
        })
        .returning('attempts')
        .executeTakeFirst();
      if (taken) return { kind: 'claimed', attempt: taken.attempts };
      await changed()
        .set({ state: 'parked', detail: 'An attempt was interrupted: it may have been sent, or not.' })
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .where('claimed_by', '!=', by)
        .execute();
      const row = await db.selectFrom('messages').select(['state', 'attempts']).where('id', '=', id).executeTakeFirst();
      if (row?.state === 'sending') return { kind: 'claimed', attempt: row.attempts };
      return row ? { kind: 'settled', state: row.state } : { kind: 'gone' };
    },

    /** Also settles an attempt that was considered interrupted, unless another has begun. */
    async settle(id: MessageId, attempt: number, state: MessageState, detail: string | null): Promise<void> {
      await changed()
        .set({ state, detail })
        .where('id', '=', id)
        .where('attempts', '=', attempt)
        .where('state', 'in', ['sending', 'parked'])
        .execute();
    },

    async park(id: MessageId, detail: string): Promise<void> {
      await parked(detail).where('id', '=', id).execute();
    },

    /** After a restore it is unknown which pending messages were sent since the backup. */
    async parkUnsettled(detail: string): Promise<void> {
      await parked(detail).execute();
    },
  };

  function parked(detail: string) {
    return changed().set({ state: 'parked', detail }).where('state', 'in', ['pending', 'sending']);
  }

  function changed() {
    return db.updateTable('messages').set({ updated_at: new Date().toISOString() });
  }
}
