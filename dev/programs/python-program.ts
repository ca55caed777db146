import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProgramsConfig } from '../../process/settings/programs-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { installWheel } from './wheel.ts';

const run = promisify(execFile);

type Environment = Record<string, string | undefined>;

/** A program of PyPI. The requirements name it with all that it needs, each by its hashes. */
export type PythonProgram = { name: string; requirements: URL };

/** Looks in the cache, by the hash of the requirements, or installs it there. @throws SetupError */
export async function findPythonProgram(
  { name, requirements }: PythonProgram,
  { cacheDir }: ProgramsConfig,
  given: Environment,
  report: (line: string) => void,
) {
  const pins = await readFile(requirements);
  const folder = join(cacheDir, `${name}-${createHash('sha256').update(pins).digest('hex').slice(0, 12)}`);
  const program = join(folder, 'wheel', 'bin', name);
  const env = { ...given, PYTHONPATH: join(folder, 'wheel'), PYTHONDONTWRITEBYTECODE: '1' };
  // Fails if its Python has been removed.
  if (!(await runs(program, env))) {
    report(`Fetching ${name}, once…`);
    await mkdir(cacheDir, { recursive: true });
    await install({ name, requirements }, await mkdtemp(join(cacheDir, 'fetch-')), folder);
  }
  return { program, env };
}

async function install({ name, requirements }: PythonProgram, fetched: string, folder: string): Promise<void> {
  try {
    await installWheel(requirements, fetched, name);
    await rm(folder, { recursive: true, force: true });
    // Atomic, so that the cache never has half an installation.
    await rename(fetched, folder);
  } catch (cause) {
    await rm(fetched, { recursive: true, force: true });
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`${name} could not be fetched; it needs Python 3.11 or newer with pip.\n${message}`, {
      cause,
    });
  }
}

async function runs(program: string, env: Environment): Promise<boolean> {
  try {
    await run(program, ['--version'], { env });
    return true;
  } catch {
    return false;
  }
}
