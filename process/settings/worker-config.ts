import { resolve } from 'node:path';
import { databaseOf, operationsOf, outboxOf, publicUrlOf } from './derived-settings.ts';
import { type Environment, readSettingsAndTemporal } from './read-settings.ts';
import { addressSettings, databaseSettings, operationsSettings, requiredPublicUrl, settings } from './settings.ts';

export type WorkerConfig = ReturnType<typeof readWorkerConfig>;

export const workerSettings = settings
  .pick({
    ...addressSettings,
    ...operationsSettings,
    ...databaseSettings,
    SPEAKER_TOKEN_KEYS: true,
    PAYLOAD_KEYS: true,
    SMTP_URL: true,
    SLACK_WEBHOOK_URL: true,
    WEBHOOK_URL: true,
    WEBHOOK_SECRET: true,
    WORKER_DEPLOYMENT: true,
  })
  .refine(({ WEBHOOK_URL, WEBHOOK_SECRET }) => WEBHOOK_URL === undefined || WEBHOOK_SECRET !== undefined, {
    path: ['WEBHOOK_SECRET'],
    error: 'is required with WEBHOOK_URL: it signs the requests',
  });

const productionSettings = workerSettings.safeExtend({ PUBLIC_URL: requiredPublicUrl });

/** @throws ConfigError */
export function readWorkerConfig(env: Environment) {
  const schema = env.NODE_ENV === 'production' ? productionSettings : workerSettings;
  const [read, temporal] = readSettingsAndTemporal(schema, env);
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = read;
  return {
    publicUrl: publicUrlOf(read),
    speakerTokenKeys: read.SPEAKER_TOKEN_KEYS,
    smtpUrl: read.SMTP_URL,
    slackWebhookUrl: read.SLACK_WEBHOOK_URL,
    webhook: url !== undefined && secret !== undefined ? { url, secret } : undefined,
    deployment: read.WORKER_DEPLOYMENT,
    dataFolder: resolve(read.DATA_DIR),
    outbox: outboxOf(read),
    operations: operationsOf(read),
    traces: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    database: databaseOf(read),
    temporal: { ...temporal, payloadKeys: read.PAYLOAD_KEYS },
  };
}
