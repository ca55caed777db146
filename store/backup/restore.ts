/**
 * `npm run restore -- FILE` restores the records, except what was erased since. `npm run restore -- --after-failover` does the
 * same with records that something else has set back. The service must be stopped.
 */
import { existsSync } from 'node:fs';
import { runProcess } from '../../process/run-process.ts';
import { readDatabaseConfig } from '../../process/settings/database-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { SetupError } from '../../process/setup-error.ts';
import { isPostgres } from '../database.ts';
import { assertUnused, checkCopy, replaceDatabase } from '../embedded/backup.ts';
import { checkPostgresBackup, restorePostgres } from '../postgres/backup.ts';
import { openStore } from '../store.ts';
import { type Erasures, makeReady } from './make-ready.ts';
import { fileArgument } from './new-file.ts';

/** In place of a file: the records are there, and older than what was sent and numbered. */
const afterFailover = '--after-failover';

await runProcess('restore', async () => {
  const { database } = readDatabaseConfig(environment());
  if (process.argv.slice(2).join(' ') === afterFailover) await takeOver(database);
  else await restore(fileArgument('restore'), database);
  process.stdout.write(
    'The records are restored. Once the service runs again, the reconciler brings them up to date with Temporal within minutes.\n',
  );
  return { stop: async () => undefined, ended: Promise.resolve() };
});

async function restore(file: string, database: string): Promise<void> {
  const what = 'The records were restored from a backup';
  if (isPostgres(database)) {
    await checkPostgresBackup(file);
    const erased = await erasedIn(database);
    await restorePostgres(file, database);
    await makeReady(database, erased, what);
    return;
  }
  checkCopy(file);
  await assertUnused(database);
  const erased = await erasedIn(database);
  await replaceDatabase(file, database, (copy) => makeReady(copy, erased, what));
}

async function takeOver(database: string): Promise<void> {
  if (!isPostgres(database)) {
    if (!existsSync(database)) throw new SetupError(`There are no records in ${database}: see DATA_DIR, DATABASE_URL`);
    await assertUnused(database);
  }
  await makeReady(database, [], 'The records were set back by a failover');
  process.stderr.write('Erasures that were lost with the failover are not known: repeat those of its last minutes.\n');
}

/** Reads the erasures from the database that is replaced: some may be newer than the backup. */
async function erasedIn(location: string): Promise<Erasures> {
  if (!isPostgres(location) && !existsSync(location)) return unknown('there is none');
  const store = openStore(location, () => undefined);
  try {
    return await store.erasures.all();
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  } finally {
    await store.close().catch(() => undefined);
  }
}

function unknown(reason: string): Erasures {
  process.stderr.write(
    `The erasures can't be read from the database that is replaced (${reason}): repeat those made since the backup.\n`,
  );
  return [];
}
