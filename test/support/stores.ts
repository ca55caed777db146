import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { openStore, type Store } from '../../store/store.ts';
import { shared } from './shared.ts';

/** The databases that this machine has: the embedded one, and PostgreSQL where it is installed. */
export const databases = ['embedded', ...(inject('hasPostgres') ? ['PostgreSQL'] : [])];

/** A new, empty database. */
export async function createDatabase(kind = 'embedded') {
  if (kind === 'PostgreSQL') return createPostgresDatabase(await shared('postgres'));
  const folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-store-'));
  return { location: join(folder, 'records.db'), remove: () => rm(folder, { recursive: true }) };
}

async function createPostgresDatabase(server: string) {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(server, `create database ${name}`);
  const location = new URL(server);
  location.pathname = name;
  return { location: location.href, remove: () => execute(server, `drop database ${name} with (force)`) };
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A store for one test file, or one group of tests, ready to be used. */
export function useStore(kind = 'embedded') {
  let store: Store | undefined;
  let database: Awaited<ReturnType<typeof createDatabase>> | undefined;

  beforeAll(async () => {
    database = await createDatabase(kind);
    store = openStore(database.location, () => undefined);
    await store.migrate();
  });
  afterAll(async () => {
    await store?.close();
    await database?.remove();
  });

  return {
    get store() {
      if (!store) throw new Error('the store is there from beforeAll on');
      return store;
    },
    get location() {
      return database?.location ?? '';
    },
  };
}
