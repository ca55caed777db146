/** `npm run restore -- FILE` restores the records, except what was erased since. The service must be stopped. */
import { existsSync } from 'node:fs';
import { runProcess } from '../../process/run-process.ts';
import { readDatabaseConfig } from '../../process/settings/database-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { isPostgres } from '../database.ts';
import { assertUnused, checkCopy, replaceDatabase } from '../embedded/backup.ts';
import { checkPostgresBackup, restorePostgres } from '../postgres/backup.ts';
import { openStore, type Store } from '../store.ts';
import { fileArgument } from './new-file.ts';

type Erasures = Awaited<ReturnType<Store['erasures']['all']>>;

await runProcess('restore', async () => {
  const { database } = readDatabaseConfig(environment());
  const file = fileArgument('restore');
  if (isPostgres(database)) {
    await checkPostgresBackup(file);
    const erased = await erasedIn(database);
    await restorePostgres(file, database);
    await makeReady(database, erased);
  } else {
    checkCopy(file);
    await assertUnused(database);
    const erased = await erasedIn(database);
    await replaceDatabase(file, database, (copy) => makeReady(copy, erased));
  }
  process.stdout.write(
    'The records are restored. Once the service runs again, the reconciler brings them up to date with Temporal within minutes.\n',
  );
  return { stop: async () => undefined, ended: Promise.resolve() };
});

/** Repeats the erasures: erased submissions must not come back from the backup. */
async function makeReady(location: string, erased: Erasures): Promise<void> {
  const store = openStore(location, () => undefined);
  await store.migrate();
  for (const { id, at, keptFrom } of erased) await store.erasures.erase(id, at, undefined, keptFrom);
  await store.messages.parkUnsettled(
    'The records were restored from a backup: this may have been sent since the backup, or not.',
  );
  await store.accessRequests.clear();
  await store.reconciliation.reopen();
  await store.close();
}

/** Reads the erasures from the database that is replaced: some may be newer than the backup. */
async function erasedIn(location: string): Promise<Erasures> {
  if (!isPostgres(location) && !existsSync(location)) return [];
  const store = openStore(location, () => undefined);
  try {
    return await store.erasures.all();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `The erasures can't be read from the database that is replaced (${reason}): repeat those made since the backup.\n`,
    );
    return [];
  } finally {
    await store.close().catch(() => undefined);
  }
}
