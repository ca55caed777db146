import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a module in a process of its own: many clients in the process of the bench would wait for each other. Plan and result
 * are files, the first and the second argument.
 */
export async function inProcess<Result>(module: URL, plan: object, stopping: AbortSignal): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-clients-${process.pid}-`));
  try {
    const [given, result] = [join(folder, 'plan.json'), join(folder, 'result.json')];
    await writeFile(given, JSON.stringify(plan));
    const child = fork(module, [given, result], { execArgv: ['--import', 'tsx'], signal: stopping });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`${module.pathname} ended with ${code}`);
    return JSON.parse(await readFile(result, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
