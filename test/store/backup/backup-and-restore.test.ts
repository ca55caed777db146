import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageStates } from '../../../contract/mail/message.ts';
import { parseChangeNumber } from '../../../store/change-number.ts';
import { everything } from '../../../store/sight.ts';
import { openStore } from '../../../store/store.ts';
import { anId } from '../../support/fixtures.ts';
import { aMessage, aRecord, aVerdict, aWriter } from '../../support/records.ts';
import { createDatabase, databases } from '../../support/stores.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const at = '2026-11-01T12:00:00.000Z';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-backup-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Ended = { code: number; output: string };

/** As a user says it, but for the check of what is installed. */
function npm(command: 'backup' | 'restore', location: string, ...args: string[]): Promise<Ended> {
  const isFile = !location.startsWith('postgres');
  const database = isFile ? { DATA_DIR: dirname(location), DATABASE_URL: '' } : { DATABASE_URL: location };
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...database } };
    execFile('npm', ['run', '--silent', '--ignore-scripts', command, '--', ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

describe.each(databases)('npm run backup and restore, with the %s database', (kind) => {
  const made: { remove: () => Promise<unknown> }[] = [];
  afterAll(async () => {
    for (const { remove } of made) await remove();
  });

  /** With three records, one of them final. */
  async function aDatabase() {
    const database = await createDatabase(kind);
    made.push(database);
    const store = openStore(database.location, () => undefined);
    await store.migrate();
    const moderated = { revision: 2, stage: 'shortlisting' as const, verdicts: [aVerdict('moderation')] };
    for (const seed of [1, 2]) await store.records.keep(aRecord(seed, moderated), [], aWriter);
    await store.records.keep(aRecord(3, { revision: 9, conclusion: { kind: 'accepted' } }), [], aWriter);
    await store.reconciliation.complete(at);
    return { location: database.location, store };
  }

  const contentOf = async (location: string) => {
    const store = openStore(location, () => undefined);
    const { items } = await store.list.page({}, 200, everything);
    await store.close();
    return items;
  };

  test('the records are as they were, after whatever has happened to them', async () => {
    const { location, store } = await aDatabase();
    const before = await contentOf(location);
    const file = join(folder, `${kind}-all`);

    const backup = await npm('backup', location, file);
    await store.records.keep(aRecord(1, { revision: 9, conclusion: { kind: 'rejected' } }), [], aWriter);
    await store.records.keep(aRecord(4), [], aWriter);
    await store.close();
    const restore = await npm('restore', location, file);

    expect(backup).toEqual({ code: 0, output: `The records are in ${file}.\n` });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(restore).toMatchObject({ code: 0, output: expect.stringMatching(/^The records are restored\./) });
    expect(await contentOf(location)).toEqual(before);
    const restored = openStore(location, () => undefined);
    // All workflows are looked at in the next run.
    expect(await restored.reconciliation.lastCompleted()).toBeUndefined();
    await restored.close();
  });

  test('into an empty database', async () => {
    const { location, store } = await aDatabase();
    const file = join(folder, `${kind}-moved`);
    await npm('backup', location, file);
    await store.close();
    const other = await createDatabase(kind);
    made.push(other);

    const { code } = await npm('restore', other.location, file);

    expect(code).toBe(0);
    expect(await contentOf(other.location)).toEqual(await contentOf(location));
  });

  test('what was erased since stays erased', async () => {
    const { location, store } = await aDatabase();
    const file = join(folder, `${kind}-erased`);
    await npm('backup', location, file);
    await store.erasures.erase(anId(2), at);
    await store.erasures.finish(anId(2), at);
    await store.close();

    const { code } = await npm('restore', location, file);

    expect(code).toBe(0);
    const restored = openStore(location, () => undefined);
    expect(await restored.records.find(anId(2))).toEqual({ kind: 'erased' });
    expect(await restored.records.find(anId(1))).toMatchObject({ kind: 'found' });
    expect(await restored.erasures.unfinished()).toEqual([anId(2)]);
    await restored.close();
  });

  test('records that a failover has set back: what may have been sent is parked, feeds move on, all workflows are asked', async () => {
    const { location, store } = await aDatabase();
    const record = aRecord(5, { revision: 9, conclusion: { kind: 'accepted' } });
    await store.records.keep(record, [aMessage(5)], aWriter);
    const before = await contentOf(location);
    const numbered = (await store.changes.after(undefined, 100, everything)).at(-1)?.number ?? 0;
    await store.close();

    const { code, output } = await npm('restore', location, '--after-failover');

    expect([code, output]).toEqual([0, expect.stringContaining('repeat those of its last minutes')]);
    const restored = openStore(location, () => undefined);
    const [message] = await restored.messages.after(undefined, messageStates, 100, everything);
    expect(message).toMatchObject({ state: 'parked', detail: expect.stringContaining('set back by a failover') });
    expect(await restored.reconciliation.lastCompleted()).toBeUndefined();
    expect(await restored.reconciliation.completeUntil()).toBe(at);
    await restored.records.keep(aRecord(6), [], aWriter);
    const [next] = await restored.changes.after(parseChangeNumber(String(numbered)), 100, everything);
    expect([next?.id, next && next.number - numbered > 100_000]).toEqual([anId(6), true]);
    await restored.close();
    expect((await contentOf(location)).length).toBe(before.length + 1);
  });

  test('a file that is there is not overwritten, and one that is no backup changes nothing', async () => {
    const { location, store } = await aDatabase();
    await store.close();
    const before = await contentOf(location);
    const file = join(folder, `${kind}-no-backup`);
    await writeFile(file, 'no backup');

    const results = [
      await npm('backup', location, file),
      await npm('restore', location, file),
      await npm('restore', location, join(folder, 'nowhere')),
      await npm('restore', location),
    ];

    expect(results.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    const [backup, restore, , none] = results.map(({ output }) => output);
    expect(backup).toBe(`backup: ${file} already exists: choose another name, or move it away\n`);
    expect(restore).toMatch(kind === 'PostgreSQL' ? /^restore: pg_restore failed/ : /is not a backup of this service/);
    expect(none).toBe('restore: Name one file: npm run restore -- FILE\n');
    expect(await readFile(file, 'utf8')).toBe('no backup');
    expect(await contentOf(location)).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

test('a database that a stack uses is not replaced', async () => {
  const { location, remove } = await createDatabase();
  const store = openStore(location, () => undefined);
  await store.migrate();
  await store.close();
  const file = join(folder, 'in-use');
  await npm('backup', location, file);
  await writeFile(join(dirname(location), 'stack.pid'), String(process.pid));

  const { code, output } = await npm('restore', location, file);

  expect([code, output]).toEqual([
    1,
    `restore: The service is using ${location} (process ${process.pid}): stop it first\n`,
  ]);
  await remove();
});
