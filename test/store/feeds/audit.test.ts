import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../store/database.ts';
import { everything } from '../../../store/sight.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

describe.each(databases)('the audit in the %s database', (kind) => {
  const database = useStore(kind);

  test('the audit refuses to be changed, and takes a command once', async () => {
    const { store } = database;
    const entry = { id: 'one', at, by: 'Olga', command: 'close-call', reason: 'It is over.' };
    await store.audit.add(entry);
    await store.audit.add({ ...entry, reason: 'Something else.' });
    const db = openDatabase(database.location, () => undefined);

    await expect(sql`update audit set reason = 'x'`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`delete from audit`.execute(db)).rejects.toThrow('append-only');
    const said = (await store.audit.after(undefined, 100, everything)).filter(({ id }) => id === 'one');
    expect(said).toMatchObject([{ reason: 'It is over.' }]);
    await db.destroy();
  });
});
