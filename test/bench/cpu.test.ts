import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { readCpu } from '../../bench/measure/cpu.ts';

/** Milliseconds; several times what Node needs to start. */
const burnt = 300;

const burn = `
  const spent = ({ userCPUTime, systemCPUTime }) => userCPUTime + systemCPUTime;
  while (spent(process.resourceUsage()) < ${burnt * 1_000});
`;
const idle = `process.stdout.write('idle'); process.stdin.resume();`;

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.stdin?.end();
});

test('CPU time is that of a process, of its children that have ended, and of those that are there', async () => {
  const [busy, neighbour] = await Promise.all([start(burn + run(burn) + run(burn + idle)), start(idle)]);

  const cpu = await readCpu({ busy: [busy], neighbour: [neighbour] });

  // All three, but for what the kernel rounds down: it counts in hundredths of a second.
  expect(cpu.busy).toBeGreaterThanOrEqual(2.5 * burnt);
  expect(cpu.neighbour).toBeLessThan(burnt);
});

/** Resolves to its id when it has nothing to do any more. */
async function start(script: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

function run(script: string): string {
  return `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'inherit' });`;
}
