import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { aRelayToDatabase } from '../../dev/stand-ins/relay.ts';
import { openDatabase } from '../../store/database.ts';
import { shared } from '../support/shared.ts';

test.skipIf(!inject('hasPostgres'))(
  'a connection that breaks while it is held ends nothing but what it was held for (where PostgreSQL is installed)',
  async () => {
    const { relay, through } = await aRelayToDatabase(await shared('postgres'));
    const broken = new EventTarget();
    const isBroken = once(broken, 'error');
    const db = openDatabase(through, () => broken.dispatchEvent(new Event('error')));

    const held = db.connection().execute(async (connection) => {
      await sql`select 1`.execute(connection);
      await relay.cut();
      // Unheard, it would end the process.
      await isBroken;
      await sql`select 1`.execute(connection);
    });

    await expect(held).rejects.toThrow();
    await db.destroy();
  },
  20_000,
);
