import BetterSqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { untilFree } from '../embedded/until-free.ts';
import type { Actor } from '../feeds/audit.ts';
import { nextNumber } from '../next-number.ts';
import { type Erased, eraseLine } from './erase-line.ts';

/**
 * What was erased: of each submission the fact alone, so that nothing brings it back.
 *
 * @param patience in milliseconds, with those who read from the log of an embedded database
 */
export function createErasures(db: Database, { patience }: { patience: number | undefined }) {
  /** Else what was deleted would stay readable there until the log is full. @throws while others read on from it */
  async function emptyLog(patience: number): Promise<void> {
    await untilFree(performance.now() + patience, async () => {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
      if (rows[0]?.busy) throw new BetterSqlite.SqliteError('the log is being read', 'SQLITE_BUSY');
    });
  }

  return {
    /**
     * Leaves nothing of a submission but the fact that there was one, and so with those that it goes on from, and that go
     * on from it: they hold the same person's data. Whatever is to be kept afterwards is not.
     *
     * @param by who wants it; without, it was done before, and is brought back
     * @param keptFrom names of the people who may not know of it
     * @returns all that is erased together, by now or before
     */
    async erase(id: SubmissionId, at: string, by?: Actor, keptFrom: readonly string[] = []): Promise<Erased[]> {
      return db.transaction().execute(async (trx) => {
        // Alone from here on.
        await nextNumber(trx);
        return eraseLine(trx, { id, original: await originalOf(trx, id) }, at, by, keptFrom);
      });
    },

    /** All of them, with when they were, and from whom they were kept. */
    async all(): Promise<{ id: SubmissionId; at: string; keptFrom: string[] }[]> {
      const rows = await db.selectFrom('erasures').select(['id', 'erased_at', 'kept_from']).execute();
      return rows.flatMap(({ id: text, erased_at: at, kept_from }) => {
        const id = parseSubmissionId(text);
        return id === undefined ? [] : [{ id, at, keptFrom: JSON.parse(kept_from) }];
      });
    },

    /** Those of which Temporal may still have something. */
    async unfinished(): Promise<SubmissionId[]> {
      const rows = await db.selectFrom('erasures').select('id').where('forgotten_at', 'is', null).execute();
      return rows.flatMap(({ id }) => parseSubmissionId(id) ?? []);
    },

    /** Temporal has nothing of it any more. @throws while the database has: then it is to be tried again */
    async finish(id: SubmissionId, at: string): Promise<void> {
      if (patience !== undefined) await emptyLog(patience);
      await db.updateTable('erasures').set({ forgotten_at: at }).where('id', '=', id).execute();
    },
  };
}

/** Of what is not on record, nobody knows of another one. */
async function originalOf(trx: Database, id: SubmissionId): Promise<string> {
  for (const table of ['submissions', 'erasures'] as const) {
    const row = await trx.selectFrom(table).select('original').where('id', '=', id).executeTakeFirst();
    if (row) return row.original;
  }
  return id;
}
