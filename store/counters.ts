import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterSQLite,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible';
import { openFile } from './embedded-dialect.ts';

/** Milliseconds after which a count is made here alone: a limit is not worth more of a client's time. */
const patience = 150;

/** Addresses are kept no longer than they are counted for: an hour at the most, which the limiter sees to by itself. */
const table = { tableName: 'limits', tableCreated: true, clearExpiredByTimeout: true };

/** Counts that all gateways of a PostgreSQL make together; while it is out of reach, each of them on its own. */
export function postgresCounters(pool: Pool) {
  return {
    makeCounter: (options: IRateLimiterOptions) =>
      new RLWrapperTimeouts({
        limiter: new RateLimiterPostgres({ ...options, ...table, storeClient: pool, storeType: 'pool' }),
        timeoutMs: patience,
        insuranceLimiter: new RateLimiterMemory(options),
      }),
    close: () => undefined,
  };
}

/** Counts that the gateways of one machine make together, in a file of their own beside the records. */
export function embeddedCounters(records: string) {
  const file = openFile(join(dirname(records), 'limits.db'));
  // They are worth nothing after a crash.
  file.pragma('synchronous = OFF');
  file.exec('create table if not exists limits (key text primary key, points integer not null, expire integer)');
  return {
    makeCounter: (options: IRateLimiterOptions) =>
      new RateLimiterSQLite({ ...options, ...table, storeClient: file, storeType: 'better-sqlite3' }),
    close: () => {
      file.close();
    },
  };
}
