import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../../process/setup-error.ts';

const run = promisify(execFile);

/** Folders of programs for administrators, which aren't on everybody's PATH. */
const more = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * Looks for a program on the PATH; as root on Debian or Ubuntu, installs its package.
 *
 * @throws SetupError if it is missing all the same
 */
export async function findDebianProgram(name: string, path: string, report: (line: string) => void) {
  const found = await lookFor(name, path);
  if (found !== undefined) return found;
  await installDebian(name, path, report);
  const installed = await lookFor(name, path);
  if (installed === undefined)
    throw new SetupError(`${name} is not installed (Debian, Ubuntu: apt-get install ${name})`);
  return installed;
}

/** Does nothing for other users, and on other systems. @throws SetupError with what the system said */
export async function installDebian(name: string, path: string, report: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0 || (await lookFor('apt-get', path)) === undefined) return;
  report(`Installing ${name}, once…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-yqq', '--no-install-recommends', name], { env });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new SetupError(`${name} could not be installed:\n${said}`, { cause });
  }
}

async function lookFor(name: string, path: string): Promise<string | undefined> {
  for (const folder of [...path.split(delimiter).filter(Boolean), ...more]) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
