import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const module = fileURLToPath(new URL('../../support/writing-log.ts', import.meta.url));

const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGKILL');
    await ended;
  }
});

async function started(child: ChildProcess): Promise<ChildProcess> {
  running.push(child);
  await once(child, 'message');
  return child;
}

/** Resolves when the process has gone on. */
async function written(child: ChildProcess, lines: number): Promise<void> {
  const answered = once(child, 'message');
  child.send(lines);
  await answered;
}

test.each(['/dev/full', 'a pipe that nobody reads', 'a pipe whose reader has gone'])(
  'a process that logs to %s goes on',
  async (output) => {
    const full = output === '/dev/full' ? await open(output, 'a') : undefined;
    const child = await started(
      fork(module, { execArgv: ['--import', 'tsx'], stdio: ['ignore', full?.fd ?? 'pipe', 'inherit', 'ipc'] }),
    );
    if (output.endsWith('gone')) child.stdout?.destroy();

    for (let round = 0; round < 3; round += 1) await written(child, 2_000);

    expect(child.exitCode).toBe(null);
    await full?.close();
  },
);

test('a file that was full has whole lines again as soon as there is room, and how many are missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-log-${process.pid}-`));
  const path = join(folder, 'gateway.log');
  const file = await open(path, 'a');
  // Blocks of 1,024 bytes: more is refused with EFBIG, after a part of a line.
  const child = await started(
    spawn('bash', ['-c', `ulimit -f 8; exec "$0" --import tsx "$1"`, process.execPath, module], {
      stdio: ['ignore', file.fd, 'inherit', 'ipc'],
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    }),
  );

  await written(child, 100);
  const before = await readFile(path, 'utf8');
  await truncate(path, 0);
  await written(child, 2);
  const after = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');

  const whole = before.split('\n').filter((line) => line.endsWith('}')).length;
  expect(before.endsWith('}\n')).toBe(false);
  expect(after.map((line) => JSON.parse(line))).toMatchObject([{ lost: 100 - whole }, { line: 1 }, { line: 2 }]);
  await file.close();
  await rm(folder, { recursive: true });
});
