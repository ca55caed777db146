import { dirname, join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { RateLimiterMemory, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import { type Counters, countTimeout, limitsTable } from '../counters.ts';
import { openFile } from './file.ts';
import { untilFree } from './until-free.ts';

/** Milliseconds. Addresses are personal data: they are deleted after an hour. */
const [clearingInterval, kept] = [300_000, 3_600_000];

/** Counters in a file beside the records, shared by the gateways of one machine. */
export function embeddedCounters(records: string): Counters {
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
    makeCounter(options) {
      const alone = new RateLimiterMemory(options);
      let together: RateLimiterSQLite | undefined;
      const count = <Value>(ask: (counter: RateLimiterSQLite | RateLimiterMemory) => Promise<Value>) =>
        whileFree(() => {
          together ??= new RateLimiterSQLite({
            ...options,
            ...limitsTable,
            storeClient: opened(),
            storeType: 'better-sqlite3',
            clearExpiredByTimeout: false,
          });
          return ask(together);
        }).catch((error: unknown) => {
          if (error instanceof RateLimiterRes) throw error;
          return ask(alone);
        });
      return {
        consume: (key) => count((counter) => counter.consume(key)),
        get: (key) => count((counter) => counter.get(key)),
      };
    },
    close: async () => {
      clearInterval(clearing);
      file?.close();
    },
  };

  function opened(): BetterSqlite.Database {
    file ??= openLimits(path);
    return file;
  }
}

function openLimits(path: string): BetterSqlite.Database {
  const database = openFile(path);
  try {
    // The counts needn't survive a crash.
    database.pragma('synchronous = OFF');
    database.exec('create table if not exists limits (key text primary key, points integer not null, expire integer)');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const whileFree = <Value>(act: () => Value | Promise<Value>) => untilFree(performance.now() + countTimeout, act);
