import type { ExpressionBuilder } from 'kysely';
import { type Channel, type MessageState, waitingStates } from '../../contract/mail/message.ts';
import type { MessageId } from '../../contract/mail/message-id.ts';
import type { About } from '../../contract/workflow/deliveries.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { ofSubmission } from './of-submission.ts';

/** `blocked`: an earlier message waits, or somebody else is sending this one. */
export type Claim =
  | { kind: 'claimed'; attempt: number }
  | { kind: 'settled'; state: MessageState }
  | { kind: 'blocked' }
  | { kind: 'gone' };

/** Milliseconds after which an attempt is over whose activity doesn't come back: longer than an activity may take. */
const longestAttempt = 15 * 60_000;

/** Attempts to send messages. No message is sent twice unless an organiser asks for it. */
export function createAttempts(db: Database) {
  return {
    /**
     * Claims a pending message, if no earlier one waits. After an interrupted attempt an organiser decides, unless the
     * receiver drops duplicates.
     *
     * @param by an attempt of an activity, like `activity#2`. It may claim again if the response was lost
     */
    async claim(id: MessageId, by: string): Promise<Claim> {
      for (;;) {
        const attempt = await claimFirst(id, by);
        if (attempt !== undefined) return { kind: 'claimed', attempt };
        const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
        if (row === undefined) return { kind: 'gone' };
        const { state, attempts, claimed_by } = row;
        if (state === 'pending') return { kind: 'blocked' };
        if (state !== 'sending') return { kind: 'settled', state };
        if (claimed_by === by) return { kind: 'claimed', attempt: attempts };
        if (!isInterrupted(row, by)) return { kind: 'blocked' };
        const isLeftToOrganisers = row.channel !== 'webhook';
        const { numUpdatedRows } = await changed()
          .set(
            isLeftToOrganisers
              ? { state: 'parked', detail: 'An attempt was interrupted: it may have been sent, or not.' }
              : { state: 'sending', attempts: attempts + 1, claimed_by: by },
          )
          .where('id', '=', id)
          .where('state', '=', state)
          .where('attempts', '=', attempts)
          .where('claimed_by', '=', claimed_by)
          .executeTakeFirst();
        if (numUpdatedRows > 0n && !isLeftToOrganisers) return { kind: 'claimed', attempt: attempts + 1 };
      }
    },

    /** Also settles an attempt that was considered interrupted, unless another has begun. */
    async settle(id: MessageId, attempt: number, state: MessageState, detail: string | null): Promise<void> {
      await attempted(id, attempt).set({ state, detail }).execute();
    },

    /** Settles an attempt that may be repeated at `dueAt`. */
    async postpone(id: MessageId, attempt: number, dueAt: string, detail: string): Promise<void> {
      await attempted(id, attempt)
        .set((row) => ({ state: 'pending', detail, due_at: dueAt, postponed: row('postponed', '+', 1) }))
        .execute();
    },

    async park(id: MessageId, detail: string): Promise<void> {
      await parked(detail).where('id', '=', id).execute();
    },

    /** Parks all that wait for their turn on one channel. */
    async parkAll(about: About, channel: Channel, detail: string): Promise<void> {
      await parked(detail)
        .where(...ofSubmission(about))
        .where('channel', '=', channel)
        .where('state', '=', 'pending')
        .execute();
    },

    /** After a restore it is unknown which pending messages were sent since the backup. */
    async parkUnsettled(detail: string): Promise<void> {
      await parked(detail).execute();
    },
  };

  /** Claims a message that is pending, if no earlier one waits on its channel. @returns the attempt */
  async function claimFirst(id: MessageId, by: string): Promise<number | undefined> {
    const row = await changed()
      .set((message) => ({ state: 'sending', attempts: message('attempts', '+', 1), claimed_by: by }))
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .where((message) => message.not(message.exists(earlier(message))))
      .returning('attempts')
      .executeTakeFirst();
    return row?.attempts;
  }

  function attempted(id: MessageId, attempt: number) {
    return changed().where('id', '=', id).where('attempts', '=', attempt).where('state', 'in', ['sending', 'parked']);
  }

  function parked(detail: string) {
    return changed().set({ state: 'parked', detail }).where('state', 'in', waitingStates);
  }

  function changed() {
    return db.updateTable('messages').set({ updated_at: new Date().toISOString() });
  }
}

/** Activities run one attempt at a time: another one of the same activity has ended, whatever it did. */
export function isInterrupted(
  { claimed_by, updated_at }: Pick<Tables['messages'], 'claimed_by' | 'updated_at'>,
  by: string,
): boolean {
  return activityOf(claimed_by) === activityOf(by) || Date.parse(updated_at) + longestAttempt < Date.now();
}

const activityOf = (claim: string) => claim.slice(0, claim.lastIndexOf('#'));

function earlier({ selectFrom }: ExpressionBuilder<Tables, 'messages'>) {
  return selectFrom('messages as earlier')
    .select('earlier.id')
    .where((row) =>
      row.or([
        row('earlier.submission_id', '=', row.ref('messages.submission_id')),
        row.and([row('earlier.submission_id', 'is', null), row('messages.submission_id', 'is', null)]),
      ]),
    )
    .whereRef('earlier.channel', '=', 'messages.channel')
    .whereRef('earlier.position', '<', 'messages.position')
    .where('earlier.state', 'in', waitingStates);
}
