import { resolve } from 'node:path';
import { outboxOf, publicUrlOf } from './derived-settings.ts';
import { type Environment, readSettingsAndTemporal } from './read-settings.ts';
import { addressSettings, databaseSettings, httpSettings, secretSettings, settings } from './settings.ts';

export type StackConfig = ReturnType<typeof readStackConfig>;

const secretNames = [
  'ID_SECRET',
  'SPEAKER_TOKEN_KEYS',
  'ACCESS_FILE',
  'PAYLOAD_KEYS',
] as const satisfies (keyof typeof secretSettings)[];

export const stackSettings = settings
  .pick({
    ...addressSettings,
    ...httpSettings,
    ...databaseSettings,
    ...secretSettings,
    SMTP_URL: true,
    TEMPORAL_PORT: true,
    TEMPORAL_UI_PORT: true,
    CODEC_PORT: true,
  })
  .partial(secretSettings);

// Never reachable from the network: the development server has no authorization.
const embeddedHost = '127.0.0.1';

/** The embedded stack generates secrets that aren't set. @throws ConfigError */
export function readStackConfig(env: Environment) {
  const [read, temporal] = readSettingsAndTemporal(stackSettings, env);
  const isConfigured = temporal.connectionOptions.address !== undefined;
  const { TEMPORAL_PORT: port, TEMPORAL_UI_PORT: uiPort, CODEC_PORT: codecPort } = read;
  const address = `${embeddedHost}:${port}`;
  const embedded = {
    host: embeddedHost,
    port,
    uiPort,
    codecPort,
    namespace: temporal.namespace,
    ports: [
      { setting: 'TEMPORAL_PORT', port, host: embeddedHost },
      { setting: 'TEMPORAL_UI_PORT', port: uiPort, host: embeddedHost },
      { setting: 'CODEC_PORT', port: codecPort, host: embeddedHost },
    ],
  };
  return {
    host: read.HOST,
    port: read.PORT,
    publicUrl: publicUrlOf(read),
    callFile: resolve(read.CALL_FILE),
    dataDir: resolve(read.DATA_DIR),
    outbox: read.SMTP_URL === undefined ? outboxOf(read) : undefined,
    missingSecrets: secretNames.filter((name) => read[name] === undefined),
    /** `undefined` if an existing Temporal is configured. */
    embedded: isConfigured ? undefined : embedded,
    temporal: isConfigured ? temporal : { ...temporal, connectionOptions: { address } },
    temporalEnv: isConfigured ? {} : { TEMPORAL_ADDRESS: address },
  };
}
