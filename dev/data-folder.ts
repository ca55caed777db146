import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../setup-error.ts';

/**
 * The folder that an embedded stack keeps everything in, held by one stack at a time: two servers on one data file would
 * ruin it. @throws SetupError if another stack holds it
 */
export async function openDataFolder(path: string) {
  // Submissions are personal data: nobody else on the machine reads them.
  await mkdir(join(path, 'logs'), { recursive: true, mode: 0o700 });
  const lock = join(path, 'stack.pid');
  await takeLock(lock, path);

  return {
    database: join(path, 'temporal.db'),
    logFile: (part: string) => join(path, 'logs', `${part}.log`),
    idSecret: () => keep(join(path, 'id-secret')),
    release: () => rm(lock, { force: true }),
  };
}

async function takeLock(lock: string, path: string): Promise<void> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
  } catch (cause) {
    if (!isCode(cause, 'EEXIST')) throw cause;
    const pid = Number(await readFile(lock, 'utf8'));
    if (isAlive(pid)) {
      throw new SetupError(
        `${path} is in use by process ${pid}: end it, or set DATA_DIR to another folder (if no such stack runs: remove ${lock})`,
        { cause },
      );
    }
    await writeFile(lock, String(process.pid));
  }
}

/** A secret that is made once, readable by its owner only. */
async function keep(file: string): Promise<string> {
  try {
    await writeFile(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
