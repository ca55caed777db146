import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildOf } from '../../temporal/bundle/build-of.ts';
import { keptBundle } from '../../temporal/bundle/workflow-bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let checkout: string;

/** What the workflow code is made of; the packages are those of the real checkout. */
async function copyTo(folder: string): Promise<void> {
  for (const name of ['contract', 'workflows', 'package.json', 'package-lock.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '.cache') await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'call-for-speakers-bundle-'));
  await copyTo(checkout);
});
afterEach(() => rm(checkout, { recursive: true }));

const bundles = () => readdir(join(checkout, 'node_modules/.cache/call-for-speakers'));

describe('the bundle of a checkout', () => {
  let made: number;
  beforeEach(() => {
    made = 0;
  });
  const kept = () =>
    keptBundle(checkout, async () => {
      made += 1;
      return `// ${made}`;
    });

  test('is made once for the same sources, and is one also for those who ask at the same time', async () => {
    const asked = await Promise.all([kept(), kept()]);
    const before = made;
    const again = await kept();

    expect(new Set([...asked, again]).size).toBe(1);
    expect(await bundles()).toEqual([basename(again)]);
    expect(made).toBe(before);
  });

  test.each(['workflows/wait-until.ts', 'contract/workflow/workflow-ids.ts', 'package-lock.json'])(
    'is another one when %s has changed, and the one before stays for those who run',
    async (file) => {
      const before = await kept();
      await appendFile(join(checkout, file), '\n');

      const after = await kept();

      expect(after).not.toBe(before);
      expect([await readFile(before, 'utf8'), await readFile(after, 'utf8')]).toEqual(['// 1', '// 2']);
    },
  );

  test('goes when nobody can be loading it any more', async () => {
    const old = await kept();
    const daysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1_000);
    await utimes(old, daysAgo, daysAgo);
    await appendFile(join(checkout, 'workflows/wait-until.ts'), '\n');

    const path = await kept();

    expect(await bundles()).toEqual([basename(path)]);
  });

  test('is what the workflow code is now, and tells nothing of the machine', async () => {
    await appendFile(join(checkout, 'workflows/index.ts'), "\nexport const planted = async () => 'planted';\n");

    const code = await readFile(await keptBundle(checkout), 'utf8');

    expect(code).toContain("'planted'");
    expect(code).not.toContain(checkout);
    expect(atob(code.slice(code.lastIndexOf('base64,') + 7))).not.toContain(checkout);
  });

  test('has the same build in any folder, and another one when a workflow has changed', async () => {
    const other = join(checkout, 'in/another/folder');
    await copyTo(other);
    const buildIn = async (folder: string) => buildOf({ codePath: await keptBundle(folder) });
    const builds = [await buildIn(checkout), await buildIn(other)];

    await appendFile(join(other, 'workflows/index.ts'), "\nexport const planted = async () => 'planted';\n");

    expect(builds[0]).toMatch(/^[\da-f]{8}$/);
    expect(builds[1]).toBe(builds[0]);
    expect(await buildIn(other)).not.toBe(builds[0]);
  });

  test('is refused when a change of its code could be missed', async () => {
    await writeFile(join(checkout, 'planted.ts'), 'export const planted = async () => 1;\n');
    await appendFile(join(checkout, 'workflows/index.ts'), "\nexport { planted } from '../planted.ts';\n");

    await expect(keptBundle(checkout)).rejects.toThrow('not in planted.ts');

    expect(await bundles()).toEqual([]);
  });
});
