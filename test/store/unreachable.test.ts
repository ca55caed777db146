import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { openStore } from '../../store/store.ts';
import { isUnreachable } from '../../store/unreachable.ts';
import { anId } from '../support/fixtures.ts';
import { createDatabase, databases } from '../support/stores.ts';

/** What comes of a question to a database that is not there. */
async function failureOf(location: string): Promise<unknown> {
  const store = openStore(location, () => undefined);
  try {
    return await store.records.find(anId(1)).catch((error: unknown) => error);
  } finally {
    await store.close().catch(() => undefined);
  }
}

// A name may lead to several addresses, each of which fails.
test.each(['127.0.0.1', 'localhost', 'no-such-host.invalid'])('PostgreSQL at %s, where none is', async (host) => {
  expect(isUnreachable(await failureOf(`postgres://nobody@${host}:${await freePort()}/nothing`))).toBe(true);
});

test('a file where there can be none', async () => {
  expect(isUnreachable(await failureOf(join(import.meta.filename, 'records.db')))).toBe(true);
});

test.each(databases)('a mistake of ours is none, with the %s database', async (kind) => {
  const { location, remove } = await createDatabase(kind);

  // No tables were made.
  expect(isUnreachable(await failureOf(location))).toBe(false);

  await remove();
});
