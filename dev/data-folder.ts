import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../setup-error.ts';

/**
 * The folder that an embedded stack keeps everything in, held by one stack at a time: two servers on one data file would
 * ruin it. @throws SetupError if another stack holds it
 */
export async function openDataFolder(path: string) {
  await makeFolder(path);
  const lock = join(path, 'stack.pid');
  await takeLock(lock, path);

  return {
    database: join(path, 'temporal.db'),
    logFile: (part: string) => join(path, 'logs', `${part}.log`),
    idSecret: () => keep(join(path, 'id-secret')),
    release: () => rm(lock, { force: true }),
  };
}

/** Submissions are personal data: nobody else on the machine reads them. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(join(path, 'logs'), { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
  } catch (cause) {
    throw new SetupError(`DATA_DIR: ${path} is no folder that can be written to`, { cause });
  }
}

async function takeLock(lock: string, path: string): Promise<void> {
  // Written beside it and linked: a lock that is there is whole, and of two that come at once one wins.
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await link(mine, lock);
      } catch (cause) {
        if (!isCode(cause, 'EEXIST')) throw cause;
        const pid = Number(await readFile(lock, 'utf8').catch(() => 0));
        // In a container every process has the same few numbers: our own is that of one which is gone.
        if (attempt > 1 || (pid !== process.pid && isAlive(pid))) throw inUse(path, lock, pid);
        await rm(lock, { force: true });
      }
    }
  } finally {
    await rm(mine, { force: true });
  }
}

function inUse(path: string, lock: string, pid: number): SetupError {
  const mend = 'end it, or set DATA_DIR to another folder';
  return new SetupError(`${path} is in use by process ${pid}: ${mend} (if no such stack runs: remove ${lock})`);
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
