import BetterSqlite from 'better-sqlite3';
import { DatabaseError } from 'pg';

/** The database gave no answer, or could not give one now; asking again may help. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof BetterSqlite.SqliteError) return /^SQLITE_(BUSY|IOERR|CANTOPEN|FULL|PROTOCOL)/.test(error.code);
  // Connection trouble, too little of something, or an operator at work (SQLSTATE classes 08, 53, 57). What has no
  // SQLSTATE comes from the network, or from the pool.
  if (error instanceof DatabaseError) return /^(08|53|57)/.test(error.code ?? '');
  return error instanceof Error && ('syscall' in error || /timeout|terminated|Connection/i.test(error.message));
}
