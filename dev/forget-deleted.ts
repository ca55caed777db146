import { existsSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';

/** Removes deleted data from the write-ahead log: nothing erased may stay in a file. Temporal must not run. */
export function forgetDeleted(file: string): void {
  if (!existsSync(file)) return;
  const database = new BetterSqlite(file);
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}
