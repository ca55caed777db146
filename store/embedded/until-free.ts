import { setTimeout as delay } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';

/** Milliseconds to the next try: twice as many each time. Writes of one's own kind take some milliseconds. */
const shortestPause = 1;
const longestPause = 25;

/**
 * Does with a file of SQLite's what another program's lock may be in the way of, until a moment of `performance.now()`.
 * SQLite's own waiting (`busy_timeout`) would hold up all that the process does, also what needs no database.
 */
export async function untilFree<Value>(giveUpAt: number, act: () => Value | Promise<Value>): Promise<Value> {
  for (let pause = shortestPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await act();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await delay(pause * (0.5 + Math.random()));
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
