import BetterSqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import { type Actor, noteCommand } from './audit.ts';
import { change } from './change.ts';
import type { Database } from './database.ts';
import { untilFree } from './until-free.ts';

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
    /** Leaves nothing of a submission but the fact that there was one. Whatever is to be kept afterwards is not. */
    async erase(id: SubmissionId, at: string, by?: Actor): Promise<void> {
      await change(db, id, async (trx, number) => {
        await trx.insertInto('erasures').values({ id, change: number, erased_at: at, forgotten_at: null }).execute();
        if (by) await noteCommand(trx, number, { id: `${id}:erase`, at, ...by, command: 'erase', submission: id });
        await trx.deleteFrom('submissions').where('id', '=', id).execute();
        await trx.deleteFrom('places').where('submission_id', '=', id).execute();
      });
    },

    /** All of them, with when they were. */
    async erased(): Promise<{ id: SubmissionId; at: string }[]> {
      const rows = await db.selectFrom('erasures').select(['id', 'erased_at']).execute();
      return rows.flatMap(({ id: text, erased_at: at }) => {
        const id = parseSubmissionId(text);
        return id === undefined ? [] : [{ id, at }];
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
