import { Kysely } from 'kysely';
import { embeddedDialect } from './embedded/dialect.ts';
import { postgresDialect } from './postgres/dialect.ts';
import { openPool } from './postgres/pool.ts';
import type { Tables } from './tables.ts';
import { timeLimits } from './time-limits.ts';

export type Database = Kysely<Tables>;

const connections = 10;

/** Share of a statement's time, so that the server reports a lock before the statement times out. */
const shareOfLocks = 0.8;

/** Opens a PostgreSQL (`postgres://…`) or a file. It connects with the first query. */
export function openDatabase(location: string, onError: (error: Error) => void, limits = timeLimits.worker): Database {
  if (!isPostgres(location)) return new Kysely({ dialect: embeddedDialect(location, limits) });
  const { connection, use } = limits;
  const pool = openPool(location, onError, {
    max: connections,
    // Statements that need nothing of each other travel together.
    pipeline: true,
    connectionTimeoutMillis: connection,
    // Enforced by the server: a process that gives up or freezes holds its locks no longer than this.
    statement_timeout: use,
    lock_timeout: use * shareOfLocks,
    idle_in_transaction_session_timeout: use,
  });
  return new Kysely({ dialect: postgresDialect(pool, use) });
}

export function isPostgres(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location);
}
