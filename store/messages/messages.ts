import {
  type MessageState,
  outstandingStates,
  resolvableStates,
  unsettledStates,
} from '../../contract/mail/message.ts';
import type { MessageContent } from '../../contract/mail/message-content.ts';
import type { MessageId } from '../../contract/mail/message-id.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { About } from '../../contract/workflow/deliveries.ts';
import type { Database } from '../database.ts';
import { type Entry, writeEntries } from '../feeds/audit.ts';
import { everything, isSeen, type Sight, seenRows } from '../sight.ts';
import type { Tables } from '../tables.ts';
import { createAttempts } from './attempts.ts';
import { ofSubmission } from './of-submission.ts';
import { undeliveredIn } from './undelivered-in.ts';

export type Message = Omit<Tables['messages'], 'content' | 'claimed_by'> & { content: MessageContent };

/** `isProved`: whether the address of its submission is proved. */
export type Unsettled = Message & { isProved: boolean };

export type DueLetter = Pick<Message, 'id' | 'submission_id'>;

export type Undelivered = { id: MessageId; state: MessageState };

export function createMessages(db: Database) {
  async function find(id: MessageId): Promise<Message | undefined> {
    const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
    return row && { ...row, content: JSON.parse(row.content) };
  }

  return {
    ...createAttempts(db),

    find,

    /** The releases of letters to the speaker that did not arrive, or are held. */
    async outstandingLetters(id: SubmissionId): Promise<string[]> {
      const rows = await db
        .selectFrom('messages')
        .select('release')
        .where('submission_id', '=', id)
        .where('channel', '=', 'email')
        .where('state', 'in', outstandingStates)
        .execute();
      return rows.map(({ release }) => release);
    },

    /** Messages that wait to be sent, some of them held until a date, or need an organiser, in their order. */
    async unsettled(about: About): Promise<Unsettled[]> {
      const rows = await db
        .selectFrom('messages')
        .leftJoin('submissions', 'submissions.id', 'messages.submission_id')
        .selectAll('messages')
        .select('is_proved')
        .where(...ofSubmission(about))
        .where((row) =>
          row.or([
            row('messages.state', 'in', unsettledStates),
            row.and([row('messages.state', '=', 'held'), row('due_at', 'is not', null)]),
          ]),
        )
        .orderBy('position')
        .execute();
      return rows.map(({ is_proved, ...row }) => ({
        ...row,
        content: JSON.parse(row.content),
        isProved: is_proved === 1,
      }));
    },

    async after(
      id: MessageId | undefined,
      states: readonly MessageState[],
      size: number,
      sight: Sight,
    ): Promise<Message[]> {
      const rows = await seenRows<Tables['messages'] & { parties: string | null }>(
        size,
        (last, count) => {
          const query = db
            .selectFrom('messages')
            .leftJoin('submissions', 'submissions.id', 'messages.submission_id')
            .selectAll('messages')
            .select('parties')
            .where('messages.state', 'in', states)
            .orderBy('messages.id')
            .limit(count);
          const from = last?.id ?? id;
          return (from === undefined ? query : query.where('messages.id', '>', from)).execute();
        },
        // Messages about many submissions are only for the worker: they reveal something about each.
        ({ parties }) => (parties === null ? sight === everything : isSeen(sight, { parties })),
      );
      return rows.map(({ parties: _, ...row }) => ({ ...row, content: JSON.parse(row.content) }));
    },

    /** Ordered by id. */
    undelivered: (sight: Sight): Promise<Undelivered[]> =>
      seenRows<Undelivered & { parties: string }>(
        Number.POSITIVE_INFINITY,
        (last, count) => {
          const query = undeliveredIn(db)
            .select(['messages.id', 'messages.state', 'parties'])
            .orderBy('messages.id')
            .limit(count);
          return (last === undefined ? query : query.where('messages.id', '>', last.id)).execute();
        },
        (row) => isSeen(sight, row),
      ),

    /** Held letters whose time has come, ordered by id. */
    async dueAfter(id: MessageId | undefined, now: string, size: number): Promise<DueLetter[]> {
      const query = db
        .selectFrom('messages')
        .select(['id', 'submission_id'])
        .where('state', '=', 'held')
        .where('due_at', '<=', now)
        .orderBy('id')
        .limit(size);
      return (id === undefined ? query : query.where('id', '>', id)).execute();
    },

    /** Has what is held sent once more, whatever the caps. Repeated with the same instant, it does the same. */
    async sendHeld(at: string): Promise<SubmissionId[]> {
      // News say more than that it has arrived.
      await db
        .updateTable('messages')
        .set({ state: 'superseded', detail: 'Overtaken by what else is held.', updated_at: at })
        .where('state', '=', 'held')
        .where('release', '=', 'receipt')
        .where((row) =>
          row.exists(
            row
              .selectFrom('messages as other')
              .select('other.id')
              .whereRef('other.submission_id', '=', 'messages.submission_id')
              .whereRef('other.id', '!=', 'messages.id')
              .where('other.channel', '=', 'email')
              .where('other.state', '=', 'held'),
          ),
        )
        .execute();
      await db
        .updateTable('messages')
        .set({ state: 'pending', due_at: null, closed_at: at, detail: 'The call is closed.', updated_at: at })
        .where('state', '=', 'held')
        .where('channel', '=', 'email')
        .where('closed_at', 'is', null)
        .execute();
      const rows = await db
        .selectFrom('messages')
        .select('submission_id')
        .distinct()
        .where('state', '=', 'pending')
        .where('closed_at', '=', at)
        .execute();
      return rows.flatMap(({ submission_id }) => submission_id ?? []);
    },

    /** Records an organiser's decision. @returns the message; `undefined` if there was nothing to decide */
    async resolve(id: MessageId, state: MessageState, detail: string, entry: Entry): Promise<Message | undefined> {
      const from: MessageState[] =
        state === 'bounced'
          ? ['sent', 'sending', 'parked']
          : [...resolvableStates, ...(state === 'superseded' ? [state] : [])];
      await db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('messages')
          .set({ state, detail, postponed: 0, due_at: null, updated_at: new Date().toISOString() })
          .where('id', '=', id)
          .where('state', 'in', from)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) await writeEntries(trx, [entry]);
      });
      const message = await find(id);
      return message?.state === state && message.detail === detail ? message : undefined;
    },
  };
}
