import type { ExpressionBuilder } from 'kysely';
import { type Channel, type MessageState, waitingStates } from '../../contract/mail/message.ts';
import type { MessageContent } from '../../contract/mail/message-content.ts';
import type { MessageId } from '../../contract/mail/message-id.ts';
import type { About } from '../../contract/workflow/deliveries.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { charge } from './budgets.ts';
import { allow, isImpersonalNow } from './claim-letter.ts';
import { ofSubmission } from './of-submission.ts';

/**
 * `isImpersonal`: a letter to an address that isn't proved, or at the closing of the call, which has the call's own words
 * alone. `held`: it is over a cap; without a date it waits for the proof. `blocked`: an earlier message waits, or somebody
 * else is sending this one.
 */
export type Claim =
  | { kind: 'claimed'; attempt: number; isImpersonal?: true }
  | { kind: 'held'; dueAt: string | null }
  | { kind: 'settled'; state: MessageState }
  | { kind: 'blocked' }
  | { kind: 'gone' };

/** Milliseconds after which an attempt is over whose activity doesn't come back: longer than an activity may take. */
const longestAttempt = 15 * 60_000;

/** Attempts to send messages. No message is sent twice unless an organiser asks for it. */
export function createAttempts(db: Database) {
  return {
    /**
     * Claims a pending message, or a held one that is due, if no earlier one waits; a letter to a speaker within the budgets
     * of its address, which are charged with it. After an interrupted attempt an organiser decides, unless the receiver drops
     * duplicates.
     *
     * @param by an attempt of an activity, like `activity#2`. It may claim again if the response was lost
     * @param now in milliseconds
     */
    async claim(id: MessageId, by: string, now = Date.now()): Promise<Claim> {
      for (;;) {
        const row = await read(id);
        if (row === undefined) return { kind: 'gone' };
        const { state, attempts, claimed_by } = row;
        if (state === 'pending' || isDue(row, now)) {
          const claim = await db.transaction().execute((trx) => claimFirst(trx, row, by, now));
          if (claim) return claim;
          if ((await read(id))?.state === state) return { kind: 'blocked' };
          continue;
        }
        if (state === 'held') return { kind: 'held', dueAt: row.due_at };
        if (state !== 'sending') return { kind: 'settled', state };
        if (claimed_by === by) return claimed(attempts, isLetter(row) && (await isImpersonalNow(db, row)));
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

    /** After a restore it is unknown which messages were sent of those that waited at the backup. */
    async parkUnsettled(detail: string): Promise<void> {
      await changed()
        .set({ state: 'parked', detail })
        .where('state', 'in', [...waitingStates, 'held'])
        .execute();
    },
  };

  async function read(id: MessageId): Promise<Read | undefined> {
    const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
    return row && { ...row, content: JSON.parse(row.content) };
  }

  /** `undefined` if an earlier message waits on its channel, or if it has changed meanwhile. */
  async function claimFirst(trx: Database, row: Read, by: string, now: number): Promise<Claim | undefined> {
    const { content } = row;
    const allowed = content.kind === 'speaker' ? await allow(trx, row, content.fields, now) : undefined;
    if (allowed && 'dueAt' in allowed) {
      const { dueAt, detail } = allowed;
      const { numUpdatedRows } = await asRead(trx, row)
        .set({ state: 'held', due_at: dueAt, detail })
        .executeTakeFirst();
      return numUpdatedRows > 0n ? { kind: 'held', dueAt } : undefined;
    }
    const begun = await asRead(trx, row)
      .set((message) => ({ state: 'sending', attempts: message('attempts', '+', 1), claimed_by: by }))
      .where((message) => message.not(message.exists(earlier(message))))
      .returning('attempts')
      .executeTakeFirst();
    if (begun === undefined) return undefined;
    if (allowed) await charge(trx, allowed.budgets, row.id, now);
    return claimed(begun.attempts, allowed?.isImpersonal ?? false);
  }

  function asRead(trx: Database, { id, state }: Read) {
    return trx
      .updateTable('messages')
      .set({ updated_at: new Date().toISOString() })
      .where('id', '=', id)
      .where('state', '=', state);
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

type Read = Omit<Tables['messages'], 'content'> & { content: MessageContent };

const isDue = ({ state, due_at }: Read, now: number) =>
  state === 'held' && due_at !== null && Date.parse(due_at) <= now;

const isLetter = ({ content }: Read) => content.kind === 'speaker';

function claimed(attempt: number, isImpersonal: boolean): Claim {
  return isImpersonal ? { kind: 'claimed', attempt, isImpersonal } : { kind: 'claimed', attempt };
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
