import { resolve } from 'node:path';
import { databaseOf, operationsOf, outboxOf, publicUrlOf } from './derived-settings.ts';
import { type Environment, readSettingsAndTemporal } from './read-settings.ts';
import {
  addressSettings,
  databaseSettings,
  httpSettings,
  operationsSettings,
  requiredPublicUrl,
  secretSettings,
  settings,
} from './settings.ts';

export type GatewayConfig = ReturnType<typeof readGatewayConfig>;

export const gatewaySettings = settings.pick({
  ...addressSettings,
  ...httpSettings,
  ...operationsSettings,
  ...databaseSettings,
  ...secretSettings,
  DRAIN_SECONDS: true,
});

const productionSettings = gatewaySettings.extend({ PUBLIC_URL: requiredPublicUrl });

/** @throws ConfigError */
export function readGatewayConfig(env: Environment) {
  const schema = env.NODE_ENV === 'production' ? productionSettings : gatewaySettings;
  const [read, temporal] = readSettingsAndTemporal(schema, env);
  return {
    host: read.HOST,
    port: read.PORT,
    publicUrl: publicUrlOf(read),
    callFile: resolve(read.CALL_FILE),
    accessFile: resolve(read.ACCESS_FILE),
    idSecret: read.ID_SECRET,
    runbook: read.RUNBOOK_URL,
    speakerTokenKeys: read.SPEAKER_TOKEN_KEYS,
    corsOrigins: read.CORS_ORIGINS,
    trustedProxies: read.TRUSTED_PROXIES,
    areRatesLimited: read.RATE_LIMITS === 'on',
    /** Milliseconds. */
    drainTime: read.DRAIN_SECONDS * 1_000,
    dataFolder: resolve(read.DATA_DIR),
    outbox: outboxOf(read),
    operations: operationsOf(read),
    traces: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    database: databaseOf(read),
    temporal: { ...temporal, payloadKeys: read.PAYLOAD_KEYS },
  };
}
