/** `npm run backup -- FILE` writes all records to one file, also while the service runs. */

import { runProcess } from '../../process/run-process.ts';
import { readDatabaseConfig } from '../../process/settings/database-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { isPostgres } from '../database.ts';
import { copyDatabase } from '../embedded/backup.ts';
import { dumpPostgres } from '../postgres/backup.ts';
import { fileArgument, makeNewFile } from './new-file.ts';

await runProcess('backup', async () => {
  const { database } = readDatabaseConfig(environment());
  const file = fileArgument('backup');
  const write = isPostgres(database) ? dumpPostgres : copyDatabase;
  await makeNewFile(file, (temporary) => write(database, temporary));
  process.stdout.write(`The records are in ${file}.\n`);
  return { stop: async () => undefined, ended: Promise.resolve() };
});
