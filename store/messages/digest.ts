import { type OrganiserChannel, stuckStates } from '../../contract/mail/message.ts';
import type { Digest } from '../../contract/mail/message-content.ts';
import type { Database } from '../database.ts';
import { nextNumber } from '../next-number.ts';

import { writeMessages } from './messages.ts';

/** Of the submissions that a digest names: as many as a person reads. The others are on the lists. */
const mostNamed = 20;

export function createDigest(db: Database) {
  /**
   * Writes what waits for the organisers into the ledger, once a day, whoever asks; nothing as long as nothing waits.
   *
   * @returns the messages that were written
   */
  async function write(day: string, channels: readonly OrganiserChannel[]): Promise<string[]> {
    // Looked at before anybody is held up.
    if (await isTold(db, day)) return [];
    const digest = { day, undelivered: await undelivered(db), overdue: await overdue(db) };
    if (digest.undelivered.count + digest.overdue.count === 0) return [];
    const messages = channels.map((channel) => ({
      ...{ id: `digest.${day}.${channel}`, release: 'digest', channel },
      content: { kind: 'digest' as const, fields: digest },
    }));
    return db.transaction().execute(async (trx) => {
      await nextNumber(trx);
      if (await isTold(trx, day)) return [];
      await trx.updateTable('reconciliation').set({ told_on: day }).execute();
      await writeMessages(trx, null, messages);
      return messages.map(({ id }) => id);
    });
  }

  return { write };
}

async function isTold(db: Database, day: string): Promise<boolean> {
  const row = await db.selectFrom('reconciliation').select('told_on').executeTakeFirst();
  return (row?.told_on ?? '') >= day;
}

/** A digest that was not delivered is no reason for another one. */
async function undelivered(db: Database): Promise<Digest['undelivered']> {
  const rows = await db
    .selectFrom('messages')
    .select(['submission_id', (row) => row.fn.countAll<number>().as('count')])
    .where('state', 'in', stuckStates)
    .where('submission_id', 'is not', null)
    .groupBy('submission_id')
    .orderBy('submission_id')
    .execute();
  const count = rows.reduce((sum, row) => sum + Number(row.count), 0);
  return { count, submissions: rows.flatMap((row) => row.submission_id ?? []).slice(0, mostNamed) };
}

/** Panels whose time is over, and that wait for a decision. */
async function overdue(db: Database): Promise<Digest['overdue']> {
  const rows = await db.selectFrom('submissions').select('id').where('overdue', '=', 1).orderBy('id').execute();
  return { count: rows.length, submissions: rows.slice(0, mostNamed).map(({ id }) => id) };
}
