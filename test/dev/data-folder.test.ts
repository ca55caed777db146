import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadAccess } from '../../api/people/access.ts';
import { openDataFolder } from '../../dev/data-folder.ts';
import { payloadKeys } from '../../process/settings/payload-keys.ts';

async function secretsOf({ secrets }: Awaited<ReturnType<typeof openDataFolder>>) {
  return {
    ID_SECRET: await secrets.ID_SECRET(),
    SPEAKER_TOKEN_KEYS: await secrets.SPEAKER_TOKEN_KEYS(),
    PAYLOAD_KEYS: await secrets.PAYLOAD_KEYS(),
    ACCESS_FILE: await readFile(await secrets.ACCESS_FILE(), 'utf8'),
  };
}

const aFolder = async () => join(await mkdtemp(join(tmpdir(), 'data-folder-')), 'data');

describe('the data folder', () => {
  test('is made for its owner only, and keeps its secrets', async () => {
    const path = await aFolder();

    const first = await openDataFolder(path);
    const made = await secretsOf(first);
    await first.release();
    const second = await openDataFolder(path);

    expect(made.ID_SECRET).toHaveLength(43);
    expect(made.SPEAKER_TOKEN_KEYS).toMatch(/^1:.{43}$/);
    expect(payloadKeys.parse(made.PAYLOAD_KEYS)).toEqual([{ id: '1', key: expect.any(Buffer) }]);
    expect(await secretsOf(second)).toEqual(made);
    expect((await stat(path)).mode & 0o077).toBe(0);
    for (const file of ['id-secret', 'speaker-token-keys', 'payload-keys', 'organiser-token', 'access.yaml'])
      expect((await stat(join(path, file))).mode & 0o077).toBe(0);
  });

  test('has an organiser whose token is beside the file that lets it in', async () => {
    const folder = await openDataFolder(await aFolder());

    const { access } = await loadAccess(await folder.secrets.ACCESS_FILE());

    expect(access(await readFile(folder.organiserToken, 'utf8'))).toEqual({ name: 'organiser', role: 'organiser' });
    expect(access('another')).toBeUndefined();
  });

  test('is held by one stack at a time', async () => {
    const path = await aFolder();
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await openDataFolder(path);
    await writeFile(join(path, 'stack.pid'), String(other.pid));

    await expect(openDataFolder(path)).rejects.toThrow(
      `${path} is in use by process ${other.pid}: end it, or set DATA_DIR`,
    );
    expect(await readdir(path)).toEqual(['logs', 'stack.pid']);
    other.kill();
  });

  test.each(['', '4194304', String(process.pid)])('is taken over from a stack that is gone (pid %j)', async (pid) => {
    const path = await aFolder();
    await (await openDataFolder(path)).release();
    await writeFile(join(path, 'stack.pid'), pid);

    const folder = await openDataFolder(path);

    expect(await readFile(join(path, 'stack.pid'), 'utf8')).toBe(String(process.pid));
    await folder.release();
    expect(await readdir(path)).toEqual(['logs']);
  });
});
