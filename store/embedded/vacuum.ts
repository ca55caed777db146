import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { SetupError } from '../../process/setup-error.ts';
import { openDatabase } from '../database.ts';
import { timeLimits } from '../time-limits.ts';
import { emptyLog } from './empty-log.ts';

/** Deleted data is overwritten at once: this also drops the free pages, and the log. @throws SqliteError while others use it */
export async function vacuumFile(location: string): Promise<void> {
  if (!existsSync(location)) throw new SetupError(`There are no records in ${location}: see DATA_DIR, DATABASE_URL`);
  const limits = timeLimits.migration;
  const db = openDatabase(location, () => undefined, limits);
  try {
    await sql`vacuum`.execute(db);
    await emptyLog(db, limits.use);
  } finally {
    await db.destroy();
  }
}
