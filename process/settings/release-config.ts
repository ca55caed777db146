import { type Environment, readSettingsAndTemporal } from './read-settings.ts';
import { settings } from './settings.ts';

const releaseSettings = settings.pick({ PAYLOAD_KEYS: true });

/** For a check that reads what the processes have written. @throws ConfigError */
export function readReleaseConfig(env: Environment) {
  const [{ PAYLOAD_KEYS: payloadKeys }, temporal] = readSettingsAndTemporal(releaseSettings, env);
  return { ...temporal, payloadKeys };
}
