import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const reporter = fileURLToPath(new URL('closing-line.ts', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

test('a run ends with what failed, what needed a second attempt, and the count', async () => {
  const lines = await endOfRun({
    'fails.test.js': `describe('one', () => { test('is two', () => { throw new Error('it is\\nnot'); }); });`,
    'late.test.js': `let tries = 0; test('is late', () => { if (tries++ === 0) throw new Error('too late'); });`,
    'hook.test.js': `describe('all', () => { beforeAll(() => { throw new Error('no room'); }); test('unreached', () => {}); });`,
    'import.test.js': `import 'no-such-module';`,
    'later.test.js': `test('is fine', () => { Promise.reject(new Error('nobody waits')); });`,
  });

  expect(lines.slice(-6)).toEqual([
    'passed at the second attempt: late.test.js > is late: too late',
    'broken: hook.test.js > all: no room',
    expect.stringMatching(/^broken: import\.test\.js: .*no-such-module/),
    'unhandled: nobody waits',
    'failed: fails.test.js > one > is two: it is / not',
    '2 passed, 4 failed, 1 skipped',
  ]);
});

test('a run without failures ends with the count alone', async () => {
  const lines = await endOfRun({ 'fine.test.js': `test('is fine', () => {});` });

  expect(lines).toEqual(['1 passed, 0 failed']);
});

async function endOfRun(files: Record<string, string>): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), `closing-line-${process.pid}-`));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  const settings = ['--root', root, '--globals', '--retry=1', `--reporter=${reporter}`, '--no-file-parallelism'];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, 'run', ...settings],
      { cwd: root, env: { ...process.env, VITEST: '' } },
      (_, stdout) => resolve(stdout.trimEnd().split('\n')),
    );
  });
}
