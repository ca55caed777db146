import { readFileSync } from 'node:fs';
import { secretsInFiles } from './settings.ts';

type Read = {
  env: Record<string, string>;
  /** By the setting that can't be read. */
  problems: ReadonlyMap<string, string>;
};

/**
 * `NAME_FILE`, the path of a file, in place of `NAME`, for each of the secrets among the names: that is how containers are
 * handed secrets. An environment is seen by more people, and by each child process.
 */
export function readSecretFiles(env: Record<string, string>, names: ReadonlySet<string>): Read {
  const read = { ...env };
  const problems = new Map<string, string>();
  for (const name of secretsInFiles) {
    const file = env[`${name}_FILE`];
    if (file === undefined || !names.has(name)) continue;
    if (env[name] !== undefined) {
      problems.set(name, `${name}_FILE: ${name} is set as well; remove one of the two`);
      continue;
    }
    try {
      // Editors and `echo` end a file with a line end, which is no part of the secret.
      const secret = readFileSync(file, 'utf8').trim();
      if (secret === '') problems.set(name, `${name}_FILE: ${file} is empty`);
      else read[name] = secret;
    } catch (error) {
      problems.set(name, `${name}_FILE: ${file} can't be read (${codeOf(error)})`);
    }
  }
  return { env: read, problems };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
