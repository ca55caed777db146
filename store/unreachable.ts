import BetterSqlite from 'better-sqlite3';
import { DatabaseError } from 'pg';

/** The database gave no answer, or could not give one now; asking again may help. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof BetterSqlite.SqliteError) return /^SQLITE_(BUSY|IOERR|CANTOPEN|FULL|PROTOCOL)/.test(error.code);
  // Connection trouble, too little of something, or an operator at work (SQLSTATE classes 08, 53, 57).
  if (error instanceof DatabaseError) return /^(08|53|57)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  // What has no SQLSTATE comes from the network (the system's own codes; Node's begin with ERR_), or from the pool.
  const isOfSystem = 'code' in error && /^E(?!RR_)[A-Z]/.test(String(error.code));
  return isOfSystem || /timeout|terminated|Connection/i.test(error.message);
}
