import { z } from 'zod';
import { type Environment, readSettingsAndTemporal } from './read-settings.ts';

/** For commands that only speak to Temporal. @throws ConfigError */
export function readTemporalConfig(env: Environment) {
  const [, temporal] = readSettingsAndTemporal(z.object({}), env);
  return temporal;
}
