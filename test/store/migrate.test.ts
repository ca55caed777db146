import { fork } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../store/database.ts';
import { migrate, migrations } from '../../store/migrate.ts';
import { openStore } from '../../store/store.ts';
import { anId } from '../support/fixtures.ts';
import { aRecord, aWriter } from '../support/records.ts';
import { createDatabase, databases } from '../support/stores.ts';

const names = Object.keys(migrations);

function migrateInAProcess(location: string): Promise<number | null> {
  const child = fork(new URL('../support/migrating.ts', import.meta.url), [location], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

describe.each(databases)('migrations of the %s database', (kind) => {
  const opened: { end: () => Promise<void> }[] = [];

  async function anEmpty() {
    const database = await createDatabase(kind);
    opened.push({ end: database.remove });
    return database.location;
  }

  function connect(location: string) {
    const db = openDatabase(location, () => undefined);
    opened.push({ end: () => db.destroy() });
    return db;
  }

  afterAll(async () => {
    for (const { end } of opened.reverse()) await end();
  });

  test.each(['nothing', ...names])('from %s the latest is reached, and works', async (version) => {
    const location = await anEmpty();
    const db = connect(location);
    if (version !== 'nothing') await migrate(db, { to: version });

    await migrate(db);

    const store = openStore(location, () => undefined);
    await store.records.keep(aRecord(1), [], aWriter);
    expect(await store.records.find(anId(1))).toMatchObject({ kind: 'found' });
    await store.close();
  });

  test('by many processes at once are made once', async () => {
    const location = await anEmpty();

    const codes = await Promise.all(Array.from({ length: 4 }, () => migrateInAProcess(location)));

    expect(codes).toEqual([0, 0, 0, 0]);
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(connect(location));
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  test('one that fails leaves nothing of itself', async () => {
    const location = await anEmpty();
    const db = connect(location);
    const up = async (trx: Database) => {
      await sql`create table half (id integer)`.execute(trx);
      throw new Error('in the middle');
    };
    const broken = { ...migrations, '999-broken': { up } };

    await expect(migrate(db, { known: broken })).rejects.toThrow('in the middle');

    await migrate(db);
    await expect(sql`select * from half`.execute(db)).rejects.toThrow('half');
  });

  test('of a later version are refused, with what to do', async () => {
    const db = connect(await anEmpty());
    await migrate(db, { known: { ...migrations, '999-later': { up: async () => undefined } } });

    await expect(migrate(db)).rejects.toThrow('The database was made by a later version of the service');
  });
});
