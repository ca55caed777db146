import { dirname, join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import {
  type IRateLimiterOptions,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  RateLimiterSQLite,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible';
import { openPool } from './database.ts';
import { openFile } from './embedded/file.ts';
import { untilFree } from './embedded/until-free.ts';

/** Milliseconds after which a count is made here alone: a limit is not worth more of a client's time. */
const patience = 150;

/** Connections for the counts, which take a millisecond each. They are their own: counts that hang keep no record waiting. */
const connections = 4;

/** Milliseconds for the server: to clear what is old takes longer than to count. */
const longest = 1_000;

/** Addresses are kept no longer than they are counted for: an hour at the most. */
const [clearingInterval, kept] = [300_000, 3_600_000];

const table = { tableName: 'limits', tableCreated: true };

/** Counts that all gateways of a PostgreSQL make together; while it is out of reach, each of them on its own. */
export function postgresCounters(location: string, onError: (error: Error) => void) {
  const pool = openPool(location, onError, {
    max: connections,
    connectionTimeoutMillis: patience,
    lock_timeout: patience,
    statement_timeout: longest,
    query_timeout: longest,
  });
  return {
    makeCounter: (options: IRateLimiterOptions) =>
      new RLWrapperTimeouts({
        limiter: new RateLimiterPostgres({
          ...{ ...options, ...table },
          ...{ storeClient: pool, storeType: 'pool', clearExpiredByTimeout: true },
        }),
        timeoutMs: patience,
        insuranceLimiter: new RateLimiterMemory(options),
      }),
    close: () => pool.end(),
  };
}

/** Counts that the gateways of one machine make together, in a file of their own beside the records; or each on its own. */
export function embeddedCounters(records: string) {
  const path = join(dirname(records), 'limits.db');
  let file: BetterSqlite.Database | undefined;
  const clearing = setInterval(() => {
    void whileFree(() =>
      opened()
        .prepare('delete from limits where expire < ?')
        .run(Date.now() - kept),
    ).catch(() => undefined);
  }, clearingInterval);
  clearing.unref();

  return {
    makeCounter(options: IRateLimiterOptions) {
      const alone = new RateLimiterMemory(options);
      let together: RateLimiterSQLite | undefined;
      const count = <Value>(ask: (counter: RateLimiterSQLite | RateLimiterMemory) => Promise<Value>) =>
        whileFree(() => {
          together ??= new RateLimiterSQLite({
            ...{ ...options, ...table },
            ...{ storeClient: opened(), storeType: 'better-sqlite3', clearExpiredByTimeout: false },
          });
          return ask(together);
        }).catch((error: unknown) => {
          if (error instanceof RateLimiterRes) throw error;
          return ask(alone);
        });
      return {
        consume: (key: string) => count((counter) => counter.consume(key)),
        get: (key: string) => count((counter) => counter.get(key)),
      };
    },
    close: async () => {
      clearInterval(clearing);
      file?.close();
    },
  };

  function opened(): BetterSqlite.Database {
    if (file) return file;
    const database = openFile(path);
    try {
      // They are worth nothing after a crash.
      database.pragma('synchronous = OFF');
      database.exec(
        'create table if not exists limits (key text primary key, points integer not null, expire integer)',
      );
    } catch (error) {
      database.close();
      throw error;
    }
    file = database;
    return file;
  }
}

const whileFree = <Value>(act: () => Value | Promise<Value>) => untilFree(performance.now() + patience, act);
