import { type OrganiserChannel, stuckStates } from '../../contract/mail/message.ts';
import { type MessageId, messageIdOf } from '../../contract/mail/message-id.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { type NewMessage, writeMessages } from './write-messages.ts';

/** Maximum of submissions named in a digest. */
const mostNamed = 20;

type Waiting = { count: number; submissions: SubmissionId[] };

export function createDigest(db: Database) {
  return {
    /** Writes messages about what waits for the organisers, once a day; none if nothing waits. */
    async write(day: string, channels: readonly OrganiserChannel[]): Promise<MessageId[]> {
      if (await isWritten(db, day)) return [];
      const waiting = { undelivered: await undelivered(db), overdue: await overdue(db) };
      if (waiting.undelivered.count + waiting.overdue.count === 0) return [];
      const named = [...waiting.undelivered.submissions, ...waiting.overdue.submissions];
      const digest = { day, ...waiting, codes: await codesOf(db, named) };
      const messages = channels.map(
        (channel): NewMessage => ({
          id: messageIdOf('digest', day, channel),
          release: 'digest',
          channel,
          content: { kind: 'digest', fields: digest },
        }),
      );
      return db.transaction().execute(async (trx) => {
        // Of two who write it at once, the second one waits for the first, and then finds nothing to set.
        const { numUpdatedRows } = await trx
          .updateTable('reconciliation')
          .set({ digest_day: day })
          .where((row) => row.or([row('digest_day', 'is', null), row('digest_day', '<', day)]))
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return [];
        await trx
          .updateTable('messages')
          .set({ state: 'superseded', detail: `Overtaken by the digest of ${day}.` })
          .where('submission_id', 'is', null)
          .where('state', '=', 'pending')
          .execute();
        await writeMessages(trx, null, messages);
        return messages.map(({ id }) => id);
      });
    },
  };
}

async function isWritten(db: Database, day: string): Promise<boolean> {
  const row = await db.selectFrom('reconciliation').select('digest_day').executeTakeFirst();
  return (row?.digest_day ?? '') >= day;
}

/** Without digests: an undelivered digest is no reason for another one. */
async function undelivered(db: Database): Promise<Waiting> {
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

async function codesOf(db: Database, ids: readonly SubmissionId[]): Promise<Record<string, string>> {
  const rows = await db.selectFrom('submissions').select(['id', 'code']).where('id', 'in', ids).execute();
  return Object.fromEntries(rows.flatMap(({ id, code }) => (code === null ? [] : [[id, code]])));
}

async function overdue(db: Database): Promise<Waiting> {
  const rows = await db.selectFrom('submissions').select('id').where('is_overdue', '=', 1).orderBy('id').execute();
  return { count: rows.length, submissions: rows.slice(0, mostNamed).map(({ id }) => id) };
}
