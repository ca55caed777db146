import { type Channel, type MessageState, unsettledStates } from '../../contract/mail/message.ts';
import type { MessageContent } from '../../contract/mail/message-content.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { type Entry, noteCommand } from '../feeds/audit.ts';
import { nextNumber } from '../next-number.ts';
import { everything, isSeen, type Sight, seenRows } from '../sight.ts';
import type { Tables } from '../tables.ts';

export type NewMessage = { id: string; release: string; channel: Channel; content: MessageContent };

export type Message = Omit<Tables['messages'], 'content' | 'claimed_by'> & { content: MessageContent };

export type Undelivered = { id: string; state: MessageState };

/** Of a message that is to be sent now: no other attempt is made before this one is settled. */
export type Claim = { kind: 'claimed'; attempt: number } | { kind: 'settled'; state: MessageState } | { kind: 'gone' };

/** Writes each once: what is there already, in whatever state, stays as it is. */
export async function writeMessages(
  trx: Database,
  id: SubmissionId | null,
  messages: readonly NewMessage[],
): Promise<void> {
  const at = new Date().toISOString();
  for (const { content, ...message } of messages)
    await trx
      .insertInto('messages')
      .values({
        ...message,
        submission_id: id,
        state: 'pending',
        attempts: 0,
        claimed_by: '',
        detail: null,
        content: JSON.stringify(content),
        created_at: at,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
}

/** The ledger of what was sent. No message goes out twice, unless a person wants it. */
export function createMessages(db: Database) {
  const now = () => new Date().toISOString();

  async function find(id: string): Promise<Message | undefined> {
    const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
    return row && { ...row, content: JSON.parse(row.content) };
  }

  /**
   * Takes a message that waits; one that was being sent when its attempt broke off is for a person from then on, unless its
   * receiver drops what it has had already.
   *
   * @param by names the attempt: where the answer was lost, the same one asks again, and has it
   */
  async function claim(id: string, by: string): Promise<Claim> {
    const taken = await db
      .updateTable('messages')
      .set((row) => ({ state: 'sending', attempts: row('attempts', '+', 1), claimed_by: by, updated_at: now() }))
      .where('id', '=', id)
      .where((row) => {
        const isDroppedTwice = row.and([row('channel', '=', 'webhook'), row('claimed_by', '!=', by)]);
        return row.or([row('state', '=', 'pending'), row.and([row('state', '=', 'sending'), isDroppedTwice])]);
      })
      .returning('attempts')
      .executeTakeFirst();
    if (taken) return { kind: 'claimed', attempt: taken.attempts };
    await db
      .updateTable('messages')
      .set({ state: 'parked', detail: 'An attempt was interrupted: it may have been sent, or not.', updated_at: now() })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('claimed_by', '!=', by)
      .execute();
    const row = await find(id);
    if (row?.state === 'sending') return { kind: 'claimed', attempt: row.attempts };
    return row ? { kind: 'settled', state: row.state } : { kind: 'gone' };
  }

  /** Writes what has become of an attempt; also of one that was taken for broken off, as long as no other has begun. */
  async function settle(id: string, attempt: number, state: MessageState, detail: string | null): Promise<void> {
    await db
      .updateTable('messages')
      .set({ state, detail, updated_at: now() })
      .where('id', '=', id)
      .where('attempts', '=', attempt)
      .where('state', 'in', ['sending', 'parked'])
      .execute();
  }

  /** Gives up what waits, for a person to look at. */
  async function park(id: string, detail: string): Promise<void> {
    await db
      .updateTable('messages')
      .set({ state: 'parked', detail, updated_at: now() })
      .where('id', '=', id)
      .where('state', 'in', ['pending', 'sending'])
      .execute();
  }

  /**
   * What a person has decided of a message that was not delivered, with its line in the audit. The same again is the same.
   * `undefined` where there is nothing to decide.
   */
  async function resolve(id: string, state: MessageState, detail: string, entry: Entry): Promise<Message | undefined> {
    const from: MessageState[] =
      state === 'bounced' ? ['sent', 'sending', 'parked'] : ['parked', 'refused', 'bounced', 'abandoned'];
    await db.transaction().execute(async (trx) => {
      const number = await nextNumber(trx);
      const { numUpdatedRows } = await trx
        .updateTable('messages')
        .set({ state, detail, updated_at: now() })
        .where('id', '=', id)
        .where('state', 'in', from)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await noteCommand(trx, number, entry);
    });
    const message = await find(id);
    return message?.state === state && message.detail === detail ? message : undefined;
  }

  /** Of one submission, those that wait to be sent. */
  async function pendingOf(id: SubmissionId): Promise<string[]> {
    const rows = await db
      .selectFrom('messages')
      .select('id')
      .where('submission_id', '=', id)
      .where('state', '=', 'pending')
      .execute();
    return rows.map((row) => row.id);
  }

  /** Some at a time, in the order of their ids. */
  async function after(id: string, states: readonly MessageState[], size: number, sight: Sight): Promise<Message[]> {
    const rows = await seenRows<Tables['messages'] & { parties: string | null }>(
      size,
      (last, count) =>
        db
          .selectFrom('messages')
          .leftJoin('submissions', 'submissions.id', 'messages.submission_id')
          .selectAll('messages')
          .select('parties')
          .where('messages.id', '>', last?.id ?? id)
          .where('messages.state', 'in', states)
          .orderBy('messages.id')
          .limit(count)
          .execute(),
      // What is about many is for the worker alone: that it is there tells of each of them.
      ({ parties }) => (parties === null ? sight === everything : isSeen(sight, { parties })),
    );
    return rows.map(({ parties: _, ...row }) => ({ ...row, content: JSON.parse(row.content) }));
  }

  /** After a restore nobody knows which of those that wait have been sent since the backup. */
  async function parkUnsettled(detail: string): Promise<void> {
    await db
      .updateTable('messages')
      .set({ state: 'parked', detail, updated_at: now() })
      .where('state', 'in', ['pending', 'sending'])
      .execute();
  }

  /** The answers to speakers that have not arrived, in the order of their ids. */
  function undelivered(sight: Sight): Promise<Undelivered[]> {
    return seenRows<Undelivered & { parties: string }>(
      Number.POSITIVE_INFINITY,
      (last, count) =>
        db
          .selectFrom('messages')
          .innerJoin('submissions', 'submissions.id', 'messages.submission_id')
          .select(['messages.id', 'messages.state', 'parties'])
          .where('messages.id', '>', last?.id ?? '')
          .where('messages.state', 'in', unsettledStates)
          .where('channel', '=', 'email')
          .orderBy('messages.id')
          .limit(count)
          .execute(),
      (row) => isSeen(sight, row),
    );
  }

  return { find, claim, settle, park, resolve, pendingOf, after, undelivered, parkUnsettled };
}
