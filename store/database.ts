import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { embeddedDialect } from './embedded-dialect.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** Connections of one process. */
const connections = 10;

/** Milliseconds to a connection, and to the answer of a query: what is waited for longer is taken for lost. */
const patienceWithConnection = 1_000;
const patienceWithQuery = 10_000;

/** A PostgreSQL for `postgres://…`, or else a file. Nothing is connected to yet. */
export function openDatabase(
  location: string,
  onError: (error: Error) => void,
): { db: Database; pool: Pool | undefined } {
  if (!isPostgres(location)) return { db: new Kysely({ dialect: embeddedDialect(location) }), pool: undefined };
  const pool = new Pool({
    connectionString: location,
    max: connections,
    connectionTimeoutMillis: patienceWithConnection,
    query_timeout: patienceWithQuery,
    application_name: 'call-for-speakers',
  });
  // A connection that breaks would end the process otherwise: the pool hears of those that nobody uses, and the others are
  // heard here, beside the query that fails with them.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), pool };
}

export function isPostgres(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location);
}
