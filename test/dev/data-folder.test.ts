import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDataFolder } from '../../dev/data-folder.ts';

const aFolder = async () => join(await mkdtemp(join(tmpdir(), 'data-folder-')), 'data');

describe('the data folder', () => {
  test('is made for its owner only, and keeps its secret', async () => {
    const path = await aFolder();

    const first = await openDataFolder(path);
    const secret = await first.idSecret();
    await first.release();
    const second = await openDataFolder(path);

    expect(secret).toHaveLength(43);
    expect(await second.idSecret()).toBe(secret);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(join(path, 'id-secret'))).mode & 0o077).toBe(0);
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
