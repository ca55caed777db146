/** `npm run restore -- FILE`: the records as they were, but for what was erased since. The service has to be stopped. */
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
    'The records are restored. When the service runs again, the reconciler brings them up to what Temporal knows, within minutes.\n',
  );
  return { stop: async () => undefined, ended: Promise.resolve() };
});

/** What was erased stays erased, whatever the backup holds. */
async function makeReady(location: string, erased: Erasures): Promise<void> {
  const store = openStore(location, () => undefined);
  await store.migrate();
  for (const { id, at, keptFrom } of erased) await store.erasures.erase(id, at, undefined, keptFrom);
  await store.messages.parkUnsettled('The records were restored from a backup: it may have been sent since, or not.');
  await store.reconciliation.complete(null);
  await store.close();
}

/** Of the database that is replaced; the backup may be older than some of it. */
async function erasedIn(location: string): Promise<Erasures> {
  if (!isPostgres(location) && !existsSync(location)) return [];
  const store = openStore(location, () => undefined);
  try {
    return await store.erasures.all();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `The database that is replaced has no list of what was erased (${reason}): erase again what was erased since the backup.\n`,
    );
    return [];
  } finally {
    await store.close().catch(() => undefined);
  }
}
