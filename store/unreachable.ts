import BetterSqlite from 'better-sqlite3';
import { DatabaseError } from 'pg';

/** What was asked may have been done, or not: asking again shows it. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

export function isUnreachable(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  if (error instanceof BetterSqlite.SqliteError)
    return /^SQLITE_(BUSY|IOERR|CANTOPEN|FULL|PROTOCOL|READONLY)/.test(error.code);
  // SQLSTATE classes of connections, conflicts of transactions, resources, locks, operators and disks; a transaction that was
  // idle for too long; a server that another one has replaced.
  if (error instanceof DatabaseError) return /^(08|40|53|55|57|58|25P03$|25006$)/.test(error.code ?? '');
  return false;
}
