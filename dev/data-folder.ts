import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { hashOf } from '../api/people/access.ts';
import { isAlive } from '../process/is-alive.ts';
import { SetupError } from '../process/setup-error.ts';

/**
 * The folder that an embedded stack keeps everything in, held by one stack at a time: two servers on one data file would
 * ruin it. @throws SetupError if another stack holds it
 */
export async function openDataFolder(path: string) {
  await makeFolder(path);
  const lock = join(path, 'stack.pid');
  await takeLock(lock, path);
  const organiserToken = join(path, 'organiser-token');

  return {
    database: join(path, 'temporal.db'),
    logFile: (part: string) => join(path, 'logs', `${part}.log`),
    /** By the settings that they are for: each is made once. */
    secrets: {
      ID_SECRET: () => keep(join(path, 'id-secret'), aSecret),
      SPEAKER_TOKEN_KEYS: () => keep(join(path, 'speaker-token-keys'), () => `1:${aSecret()}`),
      ACCESS_FILE: async () => {
        const token = await keep(organiserToken, aSecret);
        const people = [{ name: 'organiser', role: 'organiser', token: hashOf(token) }];
        await keep(join(path, 'access.yaml'), () => stringify({ people }));
        return join(path, 'access.yaml');
      },
    },
    /** The file that holds the token of the organiser in `access.yaml`. */
    organiserToken,
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

function aSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is made once, and readable by its owner only. */
async function keep(file: string, make: () => string): Promise<string> {
  try {
    await writeFile(file, make(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
