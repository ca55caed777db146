/** `npm run vacuum` makes the database forget what was deleted from it. PostgreSQL locks each table while it is rewritten. */
import { runProcess } from '../../process/run-process.ts';
import { readDatabaseConfig } from '../../process/settings/database-config.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { isPostgres } from '../database.ts';
import { vacuumFile } from '../embedded/vacuum.ts';
import { vacuumPostgres } from '../postgres/vacuum.ts';

await runProcess('vacuum', async () => {
  const { database } = readDatabaseConfig(environment());
  if (isPostgres(database)) await vacuumPostgres(database, (line) => process.stdout.write(`${line}\n`));
  else await vacuumFile(database);
  process.stdout.write(
    'What was deleted is gone from the files of the records. Logs, standbys and backups: docs/backups.md\n',
  );
  return { stop: async () => undefined, ended: Promise.resolve() };
});
