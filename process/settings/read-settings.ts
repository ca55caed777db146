import { existsSync } from 'node:fs';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { z } from 'zod';
import { SetupError } from '../setup-error.ts';
import { readSecretFiles } from './secret-files.ts';

export type Environment = Record<string, string | undefined>;

class ConfigError extends SetupError {
  override name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(['These settings are missing or invalid:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** The environment, completed by `.env` in the working directory. Only this function reads `process.env`. */
export function environment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

type Schema<Settings> = z.ZodType<Settings> & { shape: object };

type Checked<Settings> = { settings: Settings } | { problems: string[] };

/** @throws ConfigError */
export function readSettings<Settings>(schema: Schema<Settings>, env: Environment): Settings {
  const [settings] = allOf(check(schema, env));
  return settings;
}

/** With Temporal's own configuration: `TEMPORAL_*` and the TOML profiles of its tools. @throws ConfigError */
export function readSettingsAndTemporal<Settings>(schema: Schema<Settings>, env: Environment) {
  return allOf(check(schema, env), checkTemporal(env));
}

function checkTemporal(env: Environment) {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: withoutEmpty(env) });
    return { settings: { connectionOptions, namespace: namespace ?? 'default' } };
  } catch (error) {
    return { problems: [`TEMPORAL_*: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

function check<Settings>(schema: Schema<Settings>, env: Environment): Checked<Settings> {
  const read = readSecretFiles(withoutEmpty(env), new Set(Object.keys(schema.shape)));
  const result = schema.safeParse(read.env);
  if (result.success && read.problems.size === 0) return { settings: result.data };
  // What a setting lacks because its file can't be read isn't said twice.
  const issues = (result.error?.issues ?? []).filter(({ path }) => !read.problems.has(String(path[0])));
  return {
    problems: [...read.problems.values(), ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`)],
  };
}

function allOf<Parts extends unknown[]>(...parts: { [At in keyof Parts]: Checked<Parts[At]> }): Parts;
function allOf(...parts: Checked<unknown>[]): unknown[] {
  const problems = parts.flatMap((part) => ('problems' in part ? part.problems : []));
  if (problems.length > 0) throw new ConfigError(problems);
  return parts.flatMap((part) => ('settings' in part ? [part.settings] : []));
}

/** `NAME=` in an env file means the same as no such line. */
function withoutEmpty(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
