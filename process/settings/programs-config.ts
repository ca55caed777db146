import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Environment, readSettings } from './read-settings.ts';
import { settings } from './settings.ts';

export type ProgramsConfig = ReturnType<typeof readProgramsConfig>;

export const programsSettings = settings
  .pick({ TEMPORAL_CLI_PATH: true, TEMPORAL_TEST_SERVER_PATH: true })
  .extend({ PATH: z.string().default(''), XDG_CACHE_HOME: z.string().optional() });

export function readProgramsConfig(env: Environment) {
  const { PATH, XDG_CACHE_HOME, ...paths } = readSettings(programsSettings, env);
  return {
    paths,
    path: PATH,
    cacheDir: resolve(XDG_CACHE_HOME ?? resolve(homedir(), '.cache'), 'call-for-speakers'),
  };
}
