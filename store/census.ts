import { setImmediate as turn } from 'node:timers/promises';
import { openStates } from '../contract/mail/message.ts';
import type { Database } from './database.ts';
import { undeliveredIn } from './messages/undelivered-in.ts';

/** Undelivered messages are counted up to this many: each is looked up with its submission. */
const mostUndelivered = 1_000;

export type Census = Awaited<ReturnType<ReturnType<typeof createCensus>>>;

/**
 * Counts what operators watch, from indexes alone. The embedded database blocks the event loop: other requests run between its
 * questions.
 */
export function createCensus(db: Database) {
  return async () => {
    const open = await openSubmissions(db);
    await turn();
    const failed = await failedSubmissions(db);
    await turn();
    const messages = await openMessages(db);
    await turn();
    return { open, failed, messages, undelivered: await undelivered(db) };
  };
}

/** By stage, and by what they wait for. `since`: when the first of them came into the stage. */
async function openSubmissions(db: Database) {
  const rows = await db
    .selectFrom('submissions')
    .select((row) => ['stage', 'awaits', row.fn.countAll<number>().as('count'), row.fn.min('stage_since').as('since')])
    // As in the index.
    .where((row) => row('is_over', '=', row.lit(0)))
    .groupBy(['stage', 'awaits'])
    .execute();
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
}

async function failedSubmissions(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('submissions')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('outcome', '=', 'failed')
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function openMessages(db: Database) {
  const rows = await db
    .selectFrom('messages')
    .select((row) => ['state', row.fn.countAll<number>().as('count'), row.fn.min('created_at').as('oldest')])
    .where('state', 'in', openStates)
    .groupBy('state')
    .execute();
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
}

async function undelivered(db: Database): Promise<number> {
  const some = undeliveredIn(db).select('messages.id').limit(mostUndelivered).as('some');
  const { count } = await db
    .selectFrom(some)
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
