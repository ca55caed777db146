import { setTimeout as delay } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';

/** Milliseconds to the next try, doubled each time: most writes take only a few. */
const shortestPause = 1;
const longestPause = 25;

/** Tries again while another program locks the file. SQLite's own `busy_timeout` would block the whole process. */
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
