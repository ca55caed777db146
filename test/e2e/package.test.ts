import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram, type Program } from '../../dev/programs/programs.ts';
import { bun, deno } from '../../dev/programs/runtimes.ts';
import { readProgramsConfig } from '../../process/settings/programs-config.ts';
import { executablePath } from '../support/chromium.ts';
import { fakeService } from '../support/fake-service.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

const oneMegabyte = 1_000_000;

let folder: string;
let installed: string;
let service: Awaited<ReturnType<typeof fakeService>>;

/** Packed out of a copy: the build begins with an empty `dist`, which is not this test's to empty. */
async function pack(): Promise<string> {
  const copy = join(folder, 'checkout');
  const isSource = (path: string) => relative(join(root, 'client'), path) !== 'dist';
  await mkdir(copy);
  for (const part of ['client', 'contract', 'package.json', 'tsconfig.json', 'LICENSE'])
    await cp(join(root, part), join(copy, part), { recursive: true, filter: isSource });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: join(copy, 'client'),
  });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}

/** In JavaScript, for every runtime. */
const program = `
  import process from 'node:process';
  import { submit, waitForResult } from 'call-for-speakers';
  const speaker = { name: 'Ada', email: 'ada@example.org' };
  const talk = { title: 'A talk', description: 'About something or other.', track: 'web', speaker };
  const { location } = await submit(process.argv[2], talk);
  const { result } = await waitForResult(location);
  console.log(result.outcome);
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-package-'));
  installed = join(folder, 'node_modules/call-for-speakers');
  const archive = await pack();
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  // Offline: all that it needs is in the archive.
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', archive], { cwd: folder });
  await writeFile(join(folder, 'program.mjs'), program);
  service = await fakeService(join(installed, 'dist'));
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function bytesIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('the package, in an empty folder', () => {
  test('is one small package without an install script', async () => {
    const lock = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
    const { hasInstallScript, dependencies } = lock.packages['node_modules/call-for-speakers'];

    expect(Object.keys(lock.packages)).toEqual(['node_modules/call-for-speakers']);
    expect({ hasInstallScript, dependencies }).toEqual({});
    expect(await bytesIn(join(folder, 'node_modules'))).toBeLessThan(oneMegabyte);
  });

  test('has the command', async () => {
    const { stdout } = await run(join(folder, 'node_modules/.bin/call-for-speakers'), ['--help'], { cwd: folder });

    expect(stdout).toContain('submit FILE');
  });

  test.each([
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('has types, with module %s and moduleResolution %s', async (module, moduleResolution) => {
    const typed = `
      import { createOrganiser, type Status, submit, type Submission } from 'call-for-speakers';
      const talk: Submission = { title: 'A', description: 'B', track: 'web', speaker: { name: 'C', email: 'd@e.f' } };
      export const word: Promise<Status['status']> = submit('http://a', talk).then(({ status }) => status.status);
      export const reviewed: Promise<number> = createOrganiser('http://a', 't').read('1').then(({ reviews }) => reviews.length);
      // @ts-expect-error: a submission has a speaker
      void submit('http://a', { title: 'A talk', description: '', track: '' });
      // @ts-expect-error: 'Done' is no status
      export const wrong: Status['status'] = 'Done';
    `;
    const path = join(folder, moduleResolution);
    const options = { module, moduleResolution, target: 'es2023', lib: ['es2023', 'dom'], types: [], strict: true };
    await mkdir(path);
    await writeFile(join(path, 'program.ts'), typed);
    await writeFile(
      join(path, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, noEmit: true, skipLibCheck: false } }),
    );

    const { stdout } = await run(join(root, 'node_modules/.bin/tsc'), ['-p', path], { cwd: folder }).catch(
      (error) => error,
    );

    expect(stdout).toBe('');
  });

  test('runs in Node, as an ES module', async () => {
    const { stdout } = await run('node', ['program.mjs', service.url], { cwd: folder });

    expect(stdout).toBe('accepted\n');
  });

  test('can be required', async () => {
    const required = "console.log(typeof require('call-for-speakers').submit)";

    const { stdout } = await run('node', ['--input-type=commonjs', '--eval', required], { cwd: folder });

    expect(stdout).toBe('function\n');
  });
});

/** Its path, or why it is not to be had here. */
async function find(runtime: Program): Promise<{ path: string; reason: string }> {
  try {
    const path = await findProgram(runtime, readProgramsConfig(process.env), () => undefined);
    await run(path, ['--version']);
    return { path, reason: '' };
  } catch (error) {
    return { path: '', reason: ` (skipped: ${error instanceof Error ? error.message.replaceAll('\n', ' ') : error})` };
  }
}

const runtimes = await Promise.all(
  [
    { name: 'Deno', runtime: deno, args: ['run', '--allow-net', '--no-remote'] },
    { name: 'Bun', runtime: bun, args: ['run'] },
  ].map(async ({ runtime, ...rest }) => ({ ...rest, ...(await find(runtime)) })),
);

describe.each(runtimes)('the package in $name$reason', ({ path, reason, args }) => {
  test.skipIf(reason !== '')('follows a submission to its outcome', async () => {
    const env = { PATH: process.env.PATH, HOME: folder, DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1' };

    const { stdout } = await run(path, [...args, 'program.mjs', service.url], { cwd: folder, env });

    expect(stdout).toBe('accepted\n');
  });
});

describe.skipIf(executablePath === undefined)('the package in a browser (skipped where there is no Chromium)', () => {
  test('follows a submission to its outcome, without a bundler', async () => {
    const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));

    await page.goto(service.url);
    const outcome = await page.locator('output').filter({ hasText: /./ }).textContent();
    await browser.close();

    expect(outcome).toBe('accepted');
    expect(wrong).toEqual([]);
  });
});
