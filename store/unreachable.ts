import BetterSqlite from 'better-sqlite3';
import { DatabaseError } from 'pg';

/** The outcome is unknown: the statement may have been executed. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

export function isUnreachable(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  if (error instanceof BetterSqlite.SqliteError)
    return /^SQLITE_(BUSY|IOERR|CANTOPEN|FULL|PROTOCOL|READONLY)/.test(error.code);
  // SQLSTATE classes: connection, transaction conflict, resources, locks, operator, disk; idle transaction; failover.
  if (error instanceof DatabaseError) return /^(08|40|53|55|57|58|25P03$|25006$)/.test(error.code ?? '');
  return false;
}
