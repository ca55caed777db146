import { resolve } from 'node:path';
import { databaseOf } from './derived-settings.ts';
import { type Environment, readSettings } from './read-settings.ts';
import { databaseSettings, settings } from './settings.ts';

/** Settings of the backup and restore commands. */
export function readDatabaseConfig(env: Environment) {
  const read = readSettings(settings.pick(databaseSettings), env);
  return { database: databaseOf(read), dataDir: resolve(read.DATA_DIR) };
}
