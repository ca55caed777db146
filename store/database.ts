import { Kysely } from 'kysely';
import { Pool } from 'pg';
import { embeddedDialect } from './embedded/dialect.ts';
import { postgresDialect } from './postgres/dialect.ts';
import type { Tables } from './tables.ts';
import { patiences } from './time-limits.ts';

export type Database = Kysely<Tables>;

/** Connections of one process. */
const connections = 10;

/** Of the time for a statement, for a lock that is in its way: so the server says that it was one. */
const shareOfLocks = 0.8;

/** A PostgreSQL for `postgres://…`, or else a file. Nothing is connected to yet. */
export function openDatabase(location: string, onError: (error: Error) => void, patience = patiences.worker): Database {
  if (!isPostgres(location)) return new Kysely({ dialect: embeddedDialect(location, patience) });
  const { connection, use } = patience;
  const pool = openPool(location, onError, {
    max: connections,
    connectionTimeoutMillis: connection,
    // The server's own: what a process gives up, or freezes in the middle of, holds its locks no longer than this.
    statement_timeout: use,
    lock_timeout: use * shareOfLocks,
    idle_in_transaction_session_timeout: use,
  });
  return new Kysely({ dialect: postgresDialect(pool, use) });
}

export function openPool(
  location: string,
  onError: (error: Error) => void,
  settings: ConstructorParameters<typeof Pool>[0],
) {
  const pool = new Pool({ ...settings, connectionString: location, application_name: 'call-for-speakers' });
  // A connection that breaks would end the process otherwise: the pool hears of those that nobody uses, and the others are
  // heard here, beside the query that fails with them.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

export function isPostgres(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location);
}
