import { SetupError } from '../../process/setup-error.ts';
import { assertKnown } from '../migrate.ts';
import { readBackup, runTool } from './tools.ts';

/** Writes all but the counts of the limits, as it is at one moment. */
export async function dumpPostgres(location: string, file: string): Promise<void> {
  await runTool('pg_dump', location, ['--format=custom', '--no-owner', '--exclude-table-data=limits', '--file', file]);
}

/** @throws SetupError where the file is no backup of this service, or one of a later version */
export async function checkPostgresBackup(file: string): Promise<void> {
  const rows = await readBackup(['--data-only', '--table=kysely_migration', '--file=-', file]);
  const names = [...rows.matchAll(/^(\d{3}-\S+)\t/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new SetupError(`${file} is no backup of the records of this service`);
  assertKnown(names, file);
}

/** In one transaction: where it fails, everything is as it was. */
export async function restorePostgres(file: string, location: string): Promise<void> {
  await runTool('pg_restore', location, ['--clean', '--if-exists', '--no-owner', '--single-transaction', file]);
}
