import BetterSqlite from 'better-sqlite3';
import { DatabaseError } from 'pg';

/** Nobody waits for the answer any more. What was asked may have been done, or not: asking again tells. */
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
  if (!(error instanceof Error)) return false;
  // What has no SQLSTATE comes from the network (the system's own codes; Node's begin with ERR_), or from the pool.
  const isOfSystem = 'code' in error && /^E(?!RR_)[A-Z]/.test(String(error.code));
  return isOfSystem || /timeout|terminated|Connection/i.test(error.message);
}
