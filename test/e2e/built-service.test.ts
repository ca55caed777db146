import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let image: string;

/** What the Dockerfile puts into the image, built out of a copy. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-built-'));
  const checkout = join(folder, 'checkout');
  image = join(folder, 'image');
  const isSource = (path: string) => !['node_modules', 'dist', '.git', '.data', 'test'].includes(relative(root, path));
  await cp(root, checkout, { recursive: true, filter: isSource });
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  await run('npm', ['run', 'build'], { cwd: checkout });
  for (const part of ['package.json', 'client/package.json', 'dist'])
    await cp(join(checkout, part), join(image, part), { recursive: true });
  await mkdir(join(image, 'node_modules'));
  for (const name of await readdir(join(root, 'node_modules')))
    await symlink(join(root, 'node_modules', name), join(image, 'node_modules', name));
  await rm(join(image, 'node_modules/call-for-speakers'));
  await symlink('../client', join(image, 'node_modules/call-for-speakers'));
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['api/server.js', 'ID_SECRET: is required'],
  ['worker.js', 'PUBLIC_URL: is required'],
  ['codec/server.js', 'CODEC_ISSUER: is required in production'],
])('%s starts out of the image, as far as its settings', async (file, complaint) => {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production' };

  const started = run('node', [join(image, 'dist', file)], { cwd: folder, env });

  await expect(started).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(complaint) });
});
