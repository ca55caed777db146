import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { print } from '../report/print.ts';

const run = promisify(execFile);
const here = new URL('.', import.meta.url);
const stamp = new URL('node_modules/.installed-for', here);

/** Installs the engines unless those of the lockfile are there. */
export async function installPeers(signal: AbortSignal): Promise<void> {
  const wanted = await readFile(new URL('package-lock.json', here), 'utf8');
  if ((await readFile(stamp, 'utf8').catch(() => undefined)) === wanted) return;
  print('Fetching Restate and DBOS, once…');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', args, { cwd: fileURLToPath(here), signal });
  await writeFile(stamp, wanted);
}

export async function versionOf(name: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(new URL(`node_modules/${name}/package.json`, here), 'utf8'),
  );
  return version;
}
