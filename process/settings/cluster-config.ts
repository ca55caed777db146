import { resolve } from 'node:path';
import { type Environment, readSettings } from './read-settings.ts';
import { settings } from './settings.ts';

const clusterSettings = settings.pick({ PORT: true, TEMPORAL_PORT: true, CALL_FILE: true, DATA_DIR: true });

/** Settings of `npm run cluster`. @throws ConfigError */
export function readClusterConfig(env: Environment) {
  const read = readSettings(clusterSettings, env);
  return {
    port: read.PORT,
    temporalPort: read.TEMPORAL_PORT,
    callFile: resolve(read.CALL_FILE),
    // Beside what `npm start` keeps, not in it: PostgreSQL, as another user, has to reach it.
    folder: `${resolve(read.DATA_DIR)}-cluster`,
  };
}
