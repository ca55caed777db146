import { type Migration, Migrator } from 'kysely';
import { SetupError } from '../process/setup-error.ts';
import type { Database } from './database.ts';
import { up as first } from './migrations/001-first.ts';

/** By name, which is their order. They only go forward: a mistake is fixed by the next one. */
export const migrations = { '001-first': { up: first } } satisfies Record<string, Migration>;

/** @throws SetupError where a database has been through more than this version of the service knows */
export function assertKnown(names: readonly string[], what: string): void {
  if (names.every((name) => Object.hasOwn(migrations, name))) return;
  throw new SetupError(`${what} is of a later version of the service: use that one`);
}

/** Processes that migrate at once take turns. @throws SetupError where the database is of a later version */
export async function migrate(
  db: Database,
  { to, known = migrations }: { to?: string; known?: Record<string, Migration> } = {},
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const { error } = to === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(to);
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message))
    throw new SetupError('The database is of a later version of the service: start that one, or restore a backup', {
      cause: error,
    });
  throw error;
}
