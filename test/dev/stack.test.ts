import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { shared } from '../support/shared.ts';

/** Temporal's CLI, that ends with a panic so many times before it runs; it counts its starts in a file. */
async function aFlakyProgram(panics: number) {
  const folder = await mkdtemp(join(tmpdir(), 'flaky-'));
  const [program, starts] = [join(folder, 'temporal'), join(folder, 'starts')];
  const script = [
    '#!/bin/sh',
    `echo start >> '${starts}'`,
    `[ "$(wc -l < '${starts}')" -le ${panics} ] && { echo 'panic: a port was taken' >&2; exit 2; }`,
    `exec '${await shared('temporalCli')}' "$@"`,
  ];
  await writeFile(program, script.join('\n'), { mode: 0o755 });
  return { program, countStarts: async () => (await readFile(starts, 'utf8')).trim().split('\n').length };
}

test('a Temporal that ends in the middle of its start is started again, and the stack lives on', async () => {
  const { program, countStarts } = await aFlakyProgram(2);
  const stack = await createTemporaryStack(program, new AbortController().signal);

  await stack.startTemporal();
  const worker = await stack.startWorker();
  await stack.untilPolled();

  expect(await countStarts()).toBe(3);
  await worker.stop();
  await stack.stop();
});

test('one that never starts is given up, with its own words', async () => {
  const { program, countStarts } = await aFlakyProgram(99);
  const stack = await createTemporaryStack(program, new AbortController().signal);

  await expect(stack.startTemporal()).rejects.toThrow(
    /The temporal ended \(exit code 2\)[\s\S]*panic: a port was taken/,
  );

  expect(await countStarts()).toBe(3);
  await stack.stop();
});

test('the death of a part that was up is still told', async () => {
  const stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  const temporal = await stack.startTemporal();

  temporal.send('SIGKILL');

  await expect(stack.died).rejects.toThrow('The temporal ended');
  await stack.stop();
});
