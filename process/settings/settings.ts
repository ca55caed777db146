import { z } from 'zod';
import { payloadKeys } from './payload-keys.ts';
import {
  addresses,
  anyPort,
  databaseUrl,
  deploymentName,
  httpUrl,
  issuerUrl,
  list,
  origin,
  port,
  publicUrl,
  seconds,
  secret,
  smtpUrl,
  speakerTokenKeys,
  webhookSecret,
} from './setting-types.ts';

/** With the time for requests under way, less than most supervisors wait before they kill (30 s in Kubernetes). */
const longestDrain = 20;

export const settings = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address that the gateway listens on'),
  PORT: port(3000).describe('Port that the gateway listens on'),
  PUBLIC_URL: publicUrl.optional().describe('Base of all URLs in responses and messages'),
  CALL_FILE: z.string().default('examples/call.yaml').describe('File of the call for speakers'),
  ID_SECRET: secret.describe('Secret from which the ids of submissions are made'),
  SPEAKER_TOKEN_KEYS: speakerTokenKeys.describe('Keys that make and check the tokens of speakers'),
  ACCESS_FILE: z
    .string('is required: the file with the hashes of the tokens of organisers and reviewers')
    .describe('File of organisers and reviewers'),
  RUNBOOK_URL: publicUrl.optional().describe('Where the pages of docs/runbook are, for links to them'),
  PAYLOAD_KEYS: payloadKeys.describe('Keys that encrypt what Temporal stores, or `off`'),
  CORS_ORIGINS: list(origin).describe('Origins of the web pages that may use the API'),
  TRUSTED_PROXIES: list(addresses).describe('Proxies whose X-Forwarded-For is trusted'),
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on').describe('Whether the gateway limits clients'),
  DRAIN_SECONDS: seconds(longestDrain)
    .default(0)
    .describe('How long a stopping gateway still takes requests, for a balancer to notice'),
  OPERATIONS_HOST: z.string().default('127.0.0.1').describe('Address that the port for operators is on'),
  OPERATIONS_PORT: anyPort.optional().describe('Port for operators: health and metrics of this process'),
  CODEC_HOST: z.string().default('127.0.0.1').describe('Address that the codec server listens on'),
  CODEC_PORT: port(8234).describe('Port that the codec server listens on'),
  CODEC_ORIGINS: list(origin).describe('Origins of the Web UI, for the codec server'),
  CODEC_ISSUER: issuerUrl.optional().describe("Issuer of operators' tokens, as the Web UI signs in with"),
  CODEC_AUDIENCE: z.string().optional().describe("Audience of operators' tokens"),
  DATABASE_URL: databaseUrl.optional().describe('The PostgreSQL of the records'),
  DATA_DIR: z.string().default('.data').describe('Folder of the embedded database and of the outbox'),
  SMTP_URL: smtpUrl.optional().describe('Mail server for messages to speakers'),
  SLACK_WEBHOOK_URL: httpUrl.optional().describe("Slack's webhook for messages to organisers"),
  WEBHOOK_URL: httpUrl.optional().describe("The organisers' own webhook for their messages"),
  WEBHOOK_SECRET: webhookSecret.optional().describe('Secret that signs requests to WEBHOOK_URL'),
  // Temporal's own library reads these three and more.
  TEMPORAL_ADDRESS: z.string().optional().describe('Host and port of Temporal'),
  TEMPORAL_NAMESPACE: z.string().optional().describe("Temporal's namespace"),
  TEMPORAL_PROFILE: z.string().optional().describe("Profile in Temporal's own configuration file"),
  WORKER_DEPLOYMENT: deploymentName.optional().describe('Name of the worker deployment, for versions of the workers'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional().describe('Where traces go: an OTLP collector, over HTTP'),
  TEMPORAL_PORT: port(7233).describe('Port of the embedded Temporal'),
  TEMPORAL_UI_PORT: port(8233).describe('Port of its Web UI'),
  TEMPORAL_CLI_PATH: z.string().optional().describe("Temporal's command line, with its development server"),
  TEMPORAL_TEST_SERVER_PATH: z.string().optional().describe("Temporal's time-skipping server, for the tests"),
});

export const addressSettings = { HOST: true, PORT: true, PUBLIC_URL: true } as const;
export const operationsSettings = {
  OPERATIONS_HOST: true,
  OPERATIONS_PORT: true,
  OTEL_EXPORTER_OTLP_ENDPOINT: true,
} as const;
export const databaseSettings = { DATABASE_URL: true, DATA_DIR: true } as const;
export const httpSettings = {
  CALL_FILE: true,
  RUNBOOK_URL: true,
  CORS_ORIGINS: true,
  TRUSTED_PROXIES: true,
  RATE_LIMITS: true,
} as const;
export const secretSettings = {
  ID_SECRET: true,
  SPEAKER_TOKEN_KEYS: true,
  ACCESS_FILE: true,
  PAYLOAD_KEYS: true,
} as const;

/** Whoever knows one of these can do harm: each may also be in a file, whose path is in `NAME_FILE`. */
export const secretsInFiles = [
  'ID_SECRET',
  'SPEAKER_TOKEN_KEYS',
  'PAYLOAD_KEYS',
  'DATABASE_URL',
  'SMTP_URL',
  'SLACK_WEBHOOK_URL',
  'WEBHOOK_SECRET',
] as const satisfies (keyof typeof settings.shape)[];

export const requiredPublicUrl = z
  .string('is required in production: the base of all URLs in responses and messages')
  .pipe(publicUrl);
