import { execFile } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a figure depends on beside the code. */
export async function describeEnvironment(): Promise<Record<string, string>> {
  const commit = await run('git', ['describe', '--always', '--dirty']).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  const [cpu] = cpus();
  return {
    at: new Date().toISOString(),
    commit,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
    // Far above 0 at the start, something else was running.
    load: loadavg()
      .map((load) => load.toFixed(1))
      .join(' '),
  };
}
