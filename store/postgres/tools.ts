import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SetupError } from '../../process/setup-error.ts';

const run = promisify(execFile);

/** Maximum output in bytes. The list of a backup's parts has some thousands. */
const maxBuffer = 64 * 1_024 * 1_024;

/** Runs a PostgreSQL tool and returns its output. @throws SetupError with its error message */
export async function runTool(tool: 'pg_dump' | 'pg_restore', location: string, args: readonly string[]) {
  const { url, password } = withoutPassword(location);
  try {
    const { stdout } = await run(tool, ['--dbname', url, ...args], {
      // Anyone who may list the machine's processes sees their arguments.
      env: { ...process.env, PGPASSWORD: password },
      maxBuffer,
    });
    return stdout;
  } catch (cause) {
    throw new SetupError(reasonOf(tool, cause), { cause });
  }
}

export async function readBackup(args: readonly string[]): Promise<string> {
  const { stdout } = await run('pg_restore', args, { maxBuffer }).catch((cause: unknown) => {
    throw new SetupError(reasonOf('pg_restore', cause), { cause });
  });
  return stdout;
}

function withoutPassword(location: string) {
  const url = new URL(location);
  const password = decodeURIComponent(url.password) || process.env.PGPASSWORD || '';
  url.password = '';
  return { url: url.href, password };
}

function reasonOf(tool: string, cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
    return `${tool} is not on the PATH: install PostgreSQL's client programs (Debian: postgresql-client)`;
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
  return `${tool} failed:\n${said}`;
}
