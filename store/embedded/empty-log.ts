import BetterSqlite from 'better-sqlite3';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { untilFree } from './until-free.ts';

/** Empties the write-ahead log, which still contains deleted data. @throws SqliteError while others read from it */
export async function emptyLog(db: Database, timeout: number): Promise<void> {
  await untilFree(performance.now() + timeout, async () => {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    if (rows[0]?.busy) throw new BetterSqlite.SqliteError('the log is being read', 'SQLITE_BUSY');
  });
}
