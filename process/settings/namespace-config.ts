import { z } from 'zod';
import { type Environment, readSettingsAndTemporal } from './read-settings.ts';

/** Temporal's own settings are all that it needs. @throws ConfigError */
export function readNamespaceConfig(env: Environment) {
  const [, temporal] = readSettingsAndTemporal(z.object({}), env);
  return temporal;
}
