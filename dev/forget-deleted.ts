import { existsSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';

/**
 * Takes what Temporal has deleted out of the log of its data file too, while Temporal doesn't run: what was erased shall
 * be in no file.
 */
export function forgetDeleted(file: string): void {
  if (!existsSync(file)) return;
  const database = new BetterSqlite(file);
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}
