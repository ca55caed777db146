import { SetupError } from '../../process/setup-error.ts';
import { assertKnown } from '../migrate.ts';
import { readBackup, runTool } from './tools.ts';

/** Writes a consistent snapshot of everything except the rate limit counters. */
export async function dumpPostgres(location: string, file: string): Promise<void> {
  await runTool('pg_dump', location, ['--format=custom', '--no-owner', '--exclude-table-data=limits', '--file', file]);
}

/** @throws SetupError if the file isn't a backup of this service, or is one of a later version */
export async function checkPostgresBackup(file: string): Promise<void> {
  const rows = await readBackup(['--data-only', '--table=kysely_migration', '--file=-', file]);
  const names = [...rows.matchAll(/^(\d{3}-\S+)\t/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new SetupError(`${file} is not a backup of this service's records`);
  assertKnown(names, file);
}

/** Restores in one transaction: a failure changes nothing. */
export async function restorePostgres(file: string, location: string): Promise<void> {
  await runTool('pg_restore', location, ['--clean', '--if-exists', '--no-owner', '--single-transaction', file]);
}
