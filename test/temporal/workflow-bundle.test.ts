import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptBundle } from '../../temporal/workflow-bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let checkout: string;

/** Of the code that the bundle is made of; the packages are those of the real one. */
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'call-for-speakers-bundle-'));
  for (const name of ['contract', 'workflows', 'package.json', 'package-lock.json']) {
    await cp(join(root, name), join(checkout, name), { recursive: true });
  }
  await mkdir(join(checkout, 'node_modules'));
  for (const name of ['@temporalio', 'zod', 'temporal-polyfill', 'ms']) {
    await symlink(join(root, 'node_modules', name), join(checkout, 'node_modules', name));
  }
});
afterEach(() => rm(checkout, { recursive: true }));

const bundles = () => readdir(join(checkout, 'node_modules/.cache/call-for-speakers'));

test('workflow code is bundled once, also for those who ask at the same time', async () => {
  const asked = await Promise.all([keptBundle(checkout), keptBundle(checkout)]);
  const again = await keptBundle(checkout);

  expect(new Set([...asked, again]).size).toBe(1);
  expect(await bundles()).toHaveLength(1);
});

test.each(['workflows/rest.ts', 'contract/messages.ts', 'package-lock.json'])(
  'a change of %s gives another bundle, and the one before stays for those who run',
  async (file) => {
    const before = await keptBundle(checkout);
    await appendFile(join(checkout, file), '\n');

    const after = await keptBundle(checkout);

    expect(after).not.toBe(before);
    expect(await bundles()).toHaveLength(2);
  },
);

test('changed workflow code is what the next worker runs', async () => {
  await keptBundle(checkout);
  await appendFile(join(checkout, 'workflows/index.ts'), "\nexport const planted = async () => 'planted';\n");

  const after = await keptBundle(checkout);

  expect(await readFile(after, 'utf8')).toContain("'planted'");
});

test('code that the hash would miss is refused', async () => {
  await writeFile(join(checkout, 'planted.ts'), 'export const planted = async () => 1;\n');
  await appendFile(join(checkout, 'workflows/index.ts'), "\nexport { planted } from '../planted.ts';\n");

  await expect(keptBundle(checkout)).rejects.toThrow('not in planted.ts');

  expect(await bundles()).toEqual([]);
});

test('a bundle that nobody can be loading any more goes', async () => {
  const old = await keptBundle(checkout);
  const daysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1_000);
  await utimes(old, daysAgo, daysAgo);
  await appendFile(join(checkout, 'workflows/rest.ts'), '\n');

  const path = await keptBundle(checkout);

  expect(await bundles()).toEqual([basename(path)]);
});
