import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const lockfile = 'package-lock.json';
const installed = 'node_modules/.package-lock.json';

let checkout: string;

/** With the driver of the real one, and an npm that only says what it is told. */
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'call-for-speakers-install-'));
  await mkdir(join(checkout, 'dev'));
  await mkdir(join(checkout, 'node_modules'));
  for (const name of ['install.mjs', 'node-headers.mjs'])
    await cp(join(root, 'dev', name), join(checkout, 'dev', name));
  await symlink(join(root, 'node_modules/better-sqlite3'), join(checkout, 'node_modules/better-sqlite3'));
  await writeFile(join(checkout, 'npm.mjs'), "console.error('npm', process.argv[2]);");
  await lock(lockfile, { version: '1.0.0' });
});
afterEach(() => rm(checkout, { recursive: true }));

const lock = (file: string, one: object) =>
  writeFile(
    join(checkout, file),
    JSON.stringify({ packages: { '': {}, 'node_modules/one': one, ...other, ...workspace } }),
  );

/** Of another platform: it is never there. */
const other = { 'node_modules/other': { version: '1.0.0', optional: true } };

const link = { 'node_modules/part': { resolved: 'part', link: true } };
const workspace = { part: { version: '1.0.0' }, ...link };

async function install() {
  const env = { PATH: process.env.PATH, npm_execpath: join(checkout, 'npm.mjs') };
  const { stderr } = await run(process.execPath, ['dev/install.mjs'], { cwd: checkout, env });
  return stderr;
}

test('what npm install has brought up to date is left alone', async () => {
  await writeFile(
    join(checkout, installed),
    JSON.stringify({ packages: { 'node_modules/one': { version: '1.0.0' }, ...link } }),
  );

  const said = [await install(), await install()];

  expect(said).toEqual(['', '']);
  expect(await readFile(join(checkout, 'node_modules/.installed-for'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['nothing', {}],
  ['another version', { 'node_modules/one': { version: '1.0.1' }, ...link }],
  ['no link to a workspace', { 'node_modules/one': { version: '1.0.0' } }],
])('where there is %s, npm ci is run, once', async (_, packages) => {
  await writeFile(join(checkout, installed), JSON.stringify({ packages }));

  const said = [await install(), await install()];

  expect(said).toEqual(['Installing dependencies…\nnpm ci\n', '']);
});
