import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { lock } from '../locks.ts';
import type { Tables } from '../tables.ts';

export type Feed = Tables['feeds']['feed'];

/** Entries per transaction: a few milliseconds' work, since the next reader waits for it. */
const batch = 1_000;

/**
 * Numbers the entries that were committed since it was last done: call it before reading a feed. Whoever writes takes no
 * number, and so waits for nobody. A number is only given when all lower ones can be read: a follower misses none.
 */
export async function numberEntries(db: Database, feed: Feed): Promise<void> {
  if (!(await hasNew(db, feed))) return;
  // What is written meanwhile is for the next reader: this one would never end among many writers.
  while ((await db.transaction().execute((trx) => numberBatch(trx, feed))) === batch);
}

async function hasNew(db: Database, feed: Feed): Promise<boolean> {
  const first = db.selectFrom(feed).select('number').where('number', 'is', null).limit(1);
  return (await first.executeTakeFirst()) !== undefined;
}

async function numberBatch(trx: Database, feed: Feed): Promise<number> {
  await lock(trx, { shared: ['records'], alone: [`feed ${feed}`] });
  const { last } = await trx.selectFrom('feeds').select('last').where('feed', '=', feed).executeTakeFirstOrThrow();
  const table = sql.table(feed);
  // `place` is the order of writing, as far as there was one: of two that were written at once, either may be first.
  const { numAffectedRows = 0n } = await sql`
    update ${table} set number = given.number
    from (
      select place, ${last} + row_number() over (order by place) as number
      from ${table} where number is null order by place limit ${batch}
    ) as given
    where ${table}.place = given.place`.execute(trx);
  const count = Number(numAffectedRows);
  await trx
    .updateTable('feeds')
    .set((row) => ({ last: row('last', '+', count) }))
    .where('feed', '=', feed)
    .execute();
  if (feed === 'changes') await dropOvertaken(trx, last);
  return count;
}

/** Keeps the last change of each submission. */
async function dropOvertaken(trx: Database, before: number): Promise<void> {
  await sql`
    delete from changes
    where id in (select id from changes where number > ${before})
      and number < (select max(newer.number) from changes as newer where newer.id = changes.id)`.execute(trx);
}
