import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { hashOf } from '../api/people/access.ts';
import { isAlive } from '../process/is-alive.ts';
import { SetupError } from '../process/setup-error.ts';

/** Locks the folder: two servers would ruin one data file. @throws SetupError if another stack uses it */
export async function openDataFolder(path: string) {
  await makeFolder(path);
  const lock = join(path, 'stack.pid');
  await takeLock(lock, path);
  const organiserToken = join(path, 'organiser-token');

  return {
    database: join(path, 'temporal.db'),
    logFile: (part: string) => join(path, 'logs', `${part}.log`),
    /** By setting; each is created once. */
    secrets: {
      ID_SECRET: () => keep(join(path, 'id-secret'), createSecret),
      SPEAKER_TOKEN_KEYS: () => keep(join(path, 'speaker-token-keys'), () => `1:${createSecret()}`),
      PAYLOAD_KEYS: () => keep(join(path, 'payload-keys'), () => `1:${createSecret()}`),
      ACCESS_FILE: async () => {
        const token = await keep(organiserToken, createSecret);
        const people = [{ name: 'organiser', role: 'organiser', token: hashOf(token) }];
        await keep(join(path, 'access.yaml'), () => stringify({ people }));
        return join(path, 'access.yaml');
      },
    },
    /** Path of the file with the organiser's token. */
    organiserToken,
    release: () => rm(lock, { force: true }),
  };
}

/** Only for this user: submissions are personal data. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(join(path, 'logs'), { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
  } catch (cause) {
    throw new SetupError(`DATA_DIR: ${path} is not a writable folder`, { cause });
  }
}

async function takeLock(lock: string, path: string): Promise<void> {
  // A link is atomic: a lock is never half written, and only one of two processes gets it.
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await link(mine, lock);
      } catch (cause) {
        if (!isCode(cause, 'EEXIST')) throw cause;
        const pid = Number(await readFile(lock, 'utf8').catch(() => 0));
        // Our own number belongs to an ended process: containers reuse low numbers.
        if (attempt > 1 || (pid !== process.pid && isAlive(pid))) throw inUse(path, lock, pid);
        await rm(lock, { force: true });
      }
    }
  } finally {
    await rm(mine, { force: true });
  }
}

function inUse(path: string, lock: string, pid: number): SetupError {
  const fix = 'end it, or set DATA_DIR to another folder';
  return new SetupError(`${path} is in use by process ${pid}: ${fix} (if no such stack runs: remove ${lock})`);
}

function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

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
