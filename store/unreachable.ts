import BetterSqlite from 'better-sqlite3';
import { DatabaseError } from 'pg';

/** The database is not there, or was not waited for any more: what was asked may have been done, or not. Asking again tells. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

/** The database gave no answer, or could not give one now; asking again may help. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  if (error instanceof BetterSqlite.SqliteError)
    return /^SQLITE_(BUSY|IOERR|CANTOPEN|FULL|PROTOCOL|READONLY)/.test(error.code);
  // Connection trouble, transactions that were in each other's way, too little of something, a lock, an operator at work, a
  // disk (SQLSTATE classes 08, 40, 53, 55, 57, 58); a transaction that was idle for too long; a server that only reads since
  // another one has taken its place.
  if (error instanceof DatabaseError) return /^(08|40|53|55|57|58|25P03$|25006$)/.test(error.code ?? '');
  return false;
}
