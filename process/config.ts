/** The settings of each process, read from its environment and checked as a whole. Nobody else reads `process.env`. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import {
  addresses,
  databaseUrl,
  httpUrl,
  list,
  origin,
  port,
  publicUrl,
  secret,
  smtpUrl,
  speakerTokenKeys,
  webhookSecret,
} from './setting-types.ts';
import { SetupError } from './setup-error.ts';

type Environment = Record<string, string | undefined>;

/** Every wrong setting at once, each by its name and with what would be right. */
class ConfigError extends SetupError {
  override name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(['These settings are missing or wrong:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** The process's environment, completed by a file `.env` in the working directory; what is set already stays. */
export function environment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

const address = {
  HOST: z.string().default('127.0.0.1'),
  PORT: port(3000),
  PUBLIC_URL: publicUrl.optional(),
};

const http = {
  ...address,
  CALL_FILE: z.string().default('examples/call.yaml'),
  CORS_ORIGINS: list(origin),
  TRUSTED_PROXIES: list(addresses),
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on'),
};

const database = {
  DATABASE_URL: databaseUrl.optional(),
  DATA_DIR: z.string().default('.data'),
};

/** By which ways messages leave; what has none of its own becomes a file in DATA_DIR/outbox. */
const messages = {
  SMTP_URL: smtpUrl.optional(),
  SLACK_WEBHOOK_URL: httpUrl.optional(),
  WEBHOOK_URL: httpUrl.optional(),
  WEBHOOK_SECRET: webhookSecret.optional(),
};

const workerSchema = z
  .object({ ...address, ...database, ...messages, SPEAKER_TOKEN_KEYS: speakerTokenKeys })
  .refine(({ WEBHOOK_URL, WEBHOOK_SECRET }) => WEBHOOK_URL === undefined || WEBHOOK_SECRET !== undefined, {
    path: ['WEBHOOK_SECRET'],
    error: 'is required with WEBHOOK_URL: what is sent there is signed with it',
  });

const gatewaySchema = z.object({
  ...http,
  ...database,
  ID_SECRET: secret,
  SPEAKER_TOKEN_KEYS: speakerTokenKeys,
  ACCESS_FILE: z.string('is required: the file with the hashes of the tokens of organisers and reviewers'),
});

const requiredUrl = z.string('is required in production: the base of all URLs that are handed out').pipe(publicUrl);

const productionSchema = gatewaySchema.extend({ PUBLIC_URL: requiredUrl });

const productionWorkerSchema = workerSchema.safeExtend({ PUBLIC_URL: requiredUrl });

const stackSchema = z.object({
  ...http,
  ...database,
  SMTP_URL: messages.SMTP_URL,
  ID_SECRET: secret.optional(),
  SPEAKER_TOKEN_KEYS: speakerTokenKeys.optional(),
  ACCESS_FILE: z.string().optional(),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
});

const programsSchema = z.object({
  TEMPORAL_CLI_PATH: z.string().optional(),
  TEMPORAL_TEST_SERVER_PATH: z.string().optional(),
  PATH: z.string().default(''),
  XDG_CACHE_HOME: z.string().optional(),
});

export type GatewayConfig = ReturnType<typeof readGatewayConfig>;
export type StackConfig = ReturnType<typeof readStackConfig>;
export type ProgramsConfig = ReturnType<typeof readProgramsConfig>;

/** @throws ConfigError */
export function readGatewayConfig(env: Environment) {
  const schema = env.NODE_ENV === 'production' ? productionSchema : gatewaySchema;
  const [settings, temporal] = allOf(parse(schema, env), readTemporalConfig(env));
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? defaultUrl(settings),
    callFile: resolve(settings.CALL_FILE),
    accessFile: resolve(settings.ACCESS_FILE),
    idSecret: settings.ID_SECRET,
    speakerTokenKeys: settings.SPEAKER_TOKEN_KEYS,
    corsOrigins: settings.CORS_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES,
    areRatesLimited: settings.RATE_LIMITS === 'on',
    outbox: outboxOf(settings),
    database: databaseOf(settings),
    temporal,
  };
}

/** @throws ConfigError */
export function readWorkerConfig(env: Environment) {
  const schema = env.NODE_ENV === 'production' ? productionWorkerSchema : workerSchema;
  const [settings, temporal] = allOf(parse(schema, env), readTemporalConfig(env));
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = settings;
  return {
    publicUrl: settings.PUBLIC_URL ?? defaultUrl(settings),
    speakerTokenKeys: settings.SPEAKER_TOKEN_KEYS,
    smtpUrl: settings.SMTP_URL,
    slackWebhookUrl: settings.SLACK_WEBHOOK_URL,
    webhook: url !== undefined && secret !== undefined ? { url, secret } : undefined,
    outbox: outboxOf(settings),
    database: databaseOf(settings),
    temporal,
  };
}

/** Of the commands that save and bring back the records. @throws ConfigError */
export function readDatabaseConfig(env: Environment) {
  const [settings] = allOf(parse(z.object(database), env));
  return { database: databaseOf(settings), dataDir: resolve(settings.DATA_DIR) };
}

const secretNames = ['ID_SECRET', 'SPEAKER_TOKEN_KEYS', 'ACCESS_FILE'] as const;

/** Of the embedded stack, which makes its own secrets where none are set. @throws ConfigError */
export function readStackConfig(env: Environment) {
  const [settings, configured] = allOf(parse(stackSchema, env), readTemporalConfig(env));
  const isConfigured = configured.connectionOptions.address !== undefined;
  const address = `${embeddedHost}:${settings.TEMPORAL_PORT}`;
  const embedded = {
    host: embeddedHost,
    port: settings.TEMPORAL_PORT,
    uiPort: settings.TEMPORAL_UI_PORT,
    ports: [
      { setting: 'TEMPORAL_PORT', port: settings.TEMPORAL_PORT, host: embeddedHost },
      { setting: 'TEMPORAL_UI_PORT', port: settings.TEMPORAL_UI_PORT, host: embeddedHost },
    ],
    namespace: configured.namespace,
  };
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? defaultUrl(settings),
    callFile: resolve(settings.CALL_FILE),
    dataDir: resolve(settings.DATA_DIR),
    /** Where e-mails go, if there is no server for them. */
    outbox: settings.SMTP_URL === undefined ? outboxOf(settings) : undefined,
    /** Those that are to be made, and kept in the data folder. */
    missingSecrets: secretNames.filter((name) => settings[name] === undefined),
    /** The development server to start; `undefined` where an existing Temporal is configured. */
    embedded: isConfigured ? undefined : embedded,
    temporal: isConfigured ? configured : { ...configured, connectionOptions: { address } },
    /** For the processes of the stack, so that they find the same server. */
    temporalEnv: isConfigured ? {} : { TEMPORAL_ADDRESS: address },
  };
}

// Never open to the network: the development server has no authorization.
const embeddedHost = '127.0.0.1';

/** Where Temporal's own programs may be. @throws ConfigError */
export function readProgramsConfig(env: Environment) {
  const [{ PATH, XDG_CACHE_HOME, ...paths }] = allOf(parse(programsSchema, env));
  return {
    paths,
    path: PATH,
    cacheDir: resolve(XDG_CACHE_HOME ?? resolve(homedir(), '.cache'), 'call-for-speakers'),
  };
}

type Checked<Settings> = { settings: Settings } | { problems: string[] };

/** Temporal's own client configuration: `TEMPORAL_*` variables and the TOML profiles of its ecosystem. */
function readTemporalConfig(env: Environment) {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: withoutEmpty(env) });
    return { settings: { connectionOptions, namespace: namespace ?? 'default' } };
  } catch (error) {
    return { problems: [`TEMPORAL_*: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

function parse<Settings>(schema: z.ZodType<Settings>, env: Environment): Checked<Settings> {
  const result = schema.safeParse(withoutEmpty(env));
  if (result.success) return { settings: result.data };
  return { problems: result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

/** All settings, or all that is wrong with any of them. @throws ConfigError */
function allOf<Parts extends unknown[]>(...parts: { [At in keyof Parts]: Checked<Parts[At]> }): Parts;
function allOf(...parts: Checked<unknown>[]): unknown[] {
  const problems = parts.flatMap((part) => ('problems' in part ? part.problems : []));
  if (problems.length > 0) throw new ConfigError(problems);
  return parts.flatMap((part) => ('settings' in part ? [part.settings] : []));
}

/** `NAME=` in an env file means the same as no line at all. */
function withoutEmpty(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

/** A PostgreSQL, or a file that the processes of one machine share. */
function databaseOf({ DATABASE_URL, DATA_DIR }: { DATABASE_URL?: string | undefined; DATA_DIR: string }): string {
  return DATABASE_URL ?? resolve(DATA_DIR, 'records.db');
}

/** Where messages without a way of their own become files. */
function outboxOf({ DATA_DIR }: { DATA_DIR: string }): string {
  return resolve(DATA_DIR, 'outbox');
}

function defaultUrl({ HOST, PORT }: { HOST: string; PORT: number }): string {
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}
