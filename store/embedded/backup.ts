import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { isAlive } from '../../process/is-alive.ts';
import { SetupError } from '../../process/setup-error.ts';
import { assertKnown } from '../migrate.ts';

/** Copies a consistent snapshot of the database. @throws SetupError if there is none */
export async function copyDatabase(location: string, file: string): Promise<void> {
  if (!existsSync(location)) throw new SetupError(`There are no records in ${location}: see DATA_DIR, DATABASE_URL`);
  const database = new BetterSqlite(location, { readonly: true });
  try {
    await database.backup(file);
  } finally {
    database.close();
  }
}

/** @throws SetupError if the file isn't a backup of this service, or is one of a later version */
export function checkCopy(file: string): void {
  const names = namesOfMigrations(file);
  if (names === undefined) throw new SetupError(`${file} is not a backup of this service's records`);
  assertKnown(names, file);
}

/** @throws SetupError while a stack uses the database: it would go on writing into the deleted file */
export async function assertUnused(location: string): Promise<void> {
  const lock = join(dirname(location), 'stack.pid');
  const pid = Number(await readFile(lock, 'utf8').catch(() => 0));
  if (isAlive(pid)) throw new SetupError(`The service is using ${location} (process ${pid}): stop it first`);
}

/** Replaces the database by a copy of the backup once the copy is ready: a failure changes nothing. */
export async function replaceDatabase(
  file: string,
  location: string,
  makeReady: (copy: string) => Promise<void>,
): Promise<void> {
  const copy = `${location}.restored`;
  await mkdir(dirname(location), { recursive: true, mode: 0o700 });
  await copyFile(file, copy);
  await chmod(copy, 0o600);
  await makeReady(copy);
  // The old database's log must not be applied to the new one.
  for (const log of ['-wal', '-shm']) await rm(`${location}${log}`, { force: true });
  await rename(copy, location);
}

function namesOfMigrations(file: string): string[] | undefined {
  let database: BetterSqlite.Database | undefined;
  try {
    database = new BetterSqlite(file, { readonly: true, fileMustExist: true });
    if (database.pragma('quick_check', { simple: true }) !== 'ok') return undefined;
    return database.prepare<[], string>('select name from kysely_migration').pluck().all();
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}
