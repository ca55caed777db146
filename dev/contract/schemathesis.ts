import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProgramsConfig } from '../../process/settings/programs-config.ts';
import { SetupError } from '../../process/setup-error.ts';
import { installWheel } from '../programs/wheel.ts';

const run = promisify(execFile);
const requirements = new URL('./schemathesis.requirements.txt', import.meta.url);

type Environment = Record<string, string | undefined>;

export async function findSchemathesis(
  { cacheDir }: ProgramsConfig,
  given: Environment,
  report: (line: string) => void,
) {
  const pins = await readFile(requirements);
  const folder = join(cacheDir, `schemathesis-${createHash('sha256').update(pins).digest('hex').slice(0, 12)}`);
  const program = join(folder, 'wheel', 'bin', 'schemathesis');
  const env = { ...given, PYTHONPATH: join(folder, 'wheel'), PYTHONDONTWRITEBYTECODE: '1' };
  // Fails if its Python has been removed.
  if (!(await runs(program, env))) {
    report('Fetching schemathesis, once…');
    await mkdir(cacheDir, { recursive: true });
    await install(await mkdtemp(join(cacheDir, 'fetch-')), folder);
  }
  return { program, env };
}

async function install(fetched: string, folder: string): Promise<void> {
  try {
    await installWheel(requirements, fetched, 'schemathesis');
    await rm(folder, { recursive: true, force: true });
    // Atomic, so that the cache never has half an installation.
    await rename(fetched, folder);
  } catch (cause) {
    await rm(fetched, { recursive: true, force: true });
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`schemathesis could not be fetched; it needs Python 3.11 or newer with pip.\n${message}`, {
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
