import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeHeaders } from '../../dev/node-headers.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Milliseconds: where no compiled database driver can be fetched, it is compiled, which takes more than a minute. */
const patience = 300_000;

/** Nothing here is about the speed of the driver, and without optimisation it is compiled in a fraction of the time. */
const quickly = { CFLAGS: '-O0', CXXFLAGS: '-O0', JOBS: 'max' };

let folder: string;

/** Packed out of a copy: the build begins with an empty `dist`, which is not this test's to empty. */
async function pack(): Promise<string> {
  const copy = join(folder, 'checkout');
  const isSource = (path: string) => !['node_modules', 'dist', '.git', '.data'].includes(relative(root, path));
  await cp(root, copy, { recursive: true, filter: isSource });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: copy });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-package-'));
  const archive = await pack();
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--no-audit', '--no-fund', archive], {
    cwd: folder,
    env: { ...nodeHeaders, ...process.env, ...quickly },
  });
}, patience);

afterAll(() => rm(folder, { recursive: true }));

describe('the package, in an empty folder', () => {
  test('has the command', async () => {
    const { stdout } = await run(join(folder, 'node_modules/.bin/call-for-speakers'), ['--help'], { cwd: folder });

    expect(stdout).toContain('call-for-speakers submit FILE');
  });

  test('has the library, with its types', async () => {
    const program = `
      import { type Status, submit, waitForResult } from 'call-for-speakers';
      const speaker = { name: 'Ada', email: 'ada@example.org' };
      const talk = { title: 'A talk', description: 'About something or other.', track: 'web', speaker };
      const given = await submit('http://127.0.0.1:9', talk, { timeout: 1 }).catch((error: Error) => error.name);
      console.log(given, typeof waitForResult);
      export type Word = Status['status'];
      // @ts-expect-error: a submission has a speaker
      void submit('http://127.0.0.1:9', { title: 'A talk', description: '', track: '' }, { timeout: 1 }).catch(() => 0);
    `;
    await writeFile(join(folder, 'program.ts'), program);

    const check = [
      '--strict',
      '--noEmit',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--lib',
      'es2023,dom',
      'program.ts',
    ];
    const types = await run(join(root, 'node_modules/.bin/tsc'), check, { cwd: folder });
    const { stdout } = await run(
      'node',
      ['--import', join(root, 'node_modules/tsx/dist/esm/index.mjs'), 'program.ts'],
      { cwd: folder },
    );

    expect(types.stdout).toBe('');
    expect(stdout).toBe('DeadlineError function\n');
  });

  test('has the two processes', async () => {
    const { bin } = JSON.parse(await readFile(join(folder, 'node_modules/call-for-speakers/package.json'), 'utf8'));
    const gateway = run('node', [join(folder, 'node_modules/call-for-speakers/dist/api/server.js')], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    });

    expect(bin).toEqual({ 'call-for-speakers': 'dist/client/main.js' });
    await expect(gateway).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('ID_SECRET: is required') });
  });
});
