import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../store/store.ts';
import { anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { createDatabase, databases } from '../../support/stores.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const at = '2026-11-01T12:00:00.000Z';

/** As an operator says it, but for the check of what is installed. */
function vacuum(location: string) {
  const isFile = !location.startsWith('postgres');
  const database = isFile ? { DATA_DIR: dirname(location), DATABASE_URL: '' } : { DATABASE_URL: location };
  const options = { cwd: root, env: { ...process.env, ...database } };
  return promisify(execFile)('npm', ['run', '--silent', '--ignore-scripts', 'vacuum'], options);
}

/** The files of a database that have the word in them. */
async function filesWith(location: string, word: string): Promise<string[]> {
  const folder = location.startsWith('postgres') ? await folderOf(location) : dirname(location);
  const found: string[] = [];
  for (const file of await readdir(folder))
    if ((await readFile(join(folder, file)).catch(() => '')).includes(word)) found.push(file);
  return found;
}

async function folderOf(location: string): Promise<string> {
  const client = new Client({ connectionString: location });
  await client.connect();
  const statement = `select current_setting('data_directory') as data, oid from pg_database where datname = current_database()`;
  await client.query('checkpoint');
  const { rows } = await client.query<{ data: string; oid: number }>(statement);
  await client.end();
  return join(rows[0]?.data ?? '', 'base', String(rows[0]?.oid));
}

describe.each(databases)('npm run vacuum, with the %s database', (kind) => {
  const word = `zanzibar${randomBytes(4).toString('hex')}`;
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase(kind);
    store = openStore(database.location, () => undefined);
    await store.migrate();
  });
  afterAll(async () => {
    await store.close();
    await database.remove();
  });

  /** In the row, and in what is too long for it and doesn't compress. */
  const planted = aSubmission({
    title: `${word} in the title`,
    description: `${word} ${randomBytes(2_400).toString('hex')}`,
    speaker: { name: word, email: `${word}@example.net` },
  });

  async function plant(): Promise<void> {
    for (const seed of [1, 2, 3]) await store.records.keep(aRecord(seed, {}, planted), [], aWriter);
    await store.records.keep(aRecord(4), [], aWriter);
    if (kind !== 'PostgreSQL') return;
    const client = new Client({ connectionString: database.location });
    await client.connect();
    // Its commonest values are in the statistics from now on.
    await client.query('analyze');
    await client.end();
  }

  test('nothing of what was erased is left in its files, and the rest is as it was', async () => {
    await plant();
    const before = await filesWith(database.location, word);
    for (const seed of [1, 2, 3]) await store.erasures.erase(anId(seed), at);
    const erased = await filesWith(database.location, word);

    await vacuum(database.location);

    const after = await filesWith(database.location, word);
    // The row, what is beside it, an index, the statistics; or the file, or its log.
    expect(before.length).toBeGreaterThan(kind === 'PostgreSQL' ? 3 : 0);
    expect(erased.length).toBeGreaterThan(kind === 'PostgreSQL' ? 3 : 0);
    expect(after).toEqual([]);
    expect(await store.records.find(anId(4))).toMatchObject({ kind: 'found' });
    expect(await store.records.find(anId(1))).toEqual({ kind: 'erased' });
  });

  if (kind !== 'PostgreSQL') return;

  test('it says so when an older transaction keeps what was deleted', async () => {
    await store.records.keep(aRecord(5, {}, planted), [], aWriter);
    const older = new Client({ connectionString: database.location });
    await older.connect();
    await older.query('begin isolation level repeatable read');
    // Takes its snapshot, and no lock of a table that is rewritten.
    await older.query('select last from feeds');
    await store.erasures.erase(anId(5), at);

    const failed = await vacuum(database.location).catch((error: unknown) => String(error));
    await older.query('commit');
    await older.end();
    await vacuum(database.location);

    expect(failed).toMatch(/vacuum: [\w.]+: \d+ deleted rows are kept for a transaction/);
    expect(await filesWith(database.location, word)).toEqual([]);
  });
});
