import { type Migration, Migrator } from 'kysely';
import { SetupError } from '../process/setup-error.ts';
import type { Database } from './database.ts';
import { up as first } from './migrations/001-first.ts';

/** Migrations in the order of their names. There is no way back: a mistake is fixed by the next one. */
export const migrations = { '001-first': { up: first } } satisfies Record<string, Migration>;

/** @throws SetupError if the database has migrations that this version doesn't know */
export function assertKnown(names: readonly string[], what: string): void {
  if (names.every((name) => Object.hasOwn(migrations, name))) return;
  throw new SetupError(`${what} was made by a later version of the service: use that version`);
}

/** Concurrent processes take turns. @throws SetupError if the database is of a later version */
export async function migrate(
  db: Database,
  { to, known = migrations }: { to?: string; known?: Record<string, Migration> } = {},
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const { error } = to === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(to);
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message))
    throw new SetupError(
      'The database was made by a later version of the service: use that version, or restore a backup',
      {
        cause: error,
      },
    );
  throw error;
}
