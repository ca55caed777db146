/** `npm run lint:api`: lints openapi.json. Spectral has 240 packages, and is therefore installed on demand only. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../../process/run-process.ts';
import { SetupError } from '../../process/setup-error.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pins = fileURLToPath(new URL('.', import.meta.url));
const cache = join(root, 'node_modules', '.cache');
/** `ruleset.yaml` names this folder too, for OWASP's rules. */
const installed = join(cache, 'spectral');

await runProcess('lint:api', async (stopping) => {
  await install(stopping);
  const args = ['lint', 'openapi.json', '--ruleset', 'dev/spectral/ruleset.yaml', '--fail-severity=warn'];
  const ended = run(join(installed, 'node_modules/.bin/spectral'), args, root, stopping);
  return { ended, stop: async () => undefined };
});

async function install(stopping: AbortSignal): Promise<void> {
  const lockOf = (folder: string) => readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => undefined);
  if ((await lockOf(installed)) === (await lockOf(pins))) return;

  process.stdout.write('Fetching Spectral, once…\n');
  await mkdir(cache, { recursive: true });
  const fetched = await mkdtemp(join(cache, 'fetch-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) await cp(join(pins, file), join(fetched, file));
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], fetched, stopping);
    await rm(installed, { recursive: true, force: true });
    // Atomic, so that the cache never has half an installation.
    await rename(fetched, installed);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
}

async function run(command: string, args: string[], cwd: string, signal: AbortSignal): Promise<void> {
  const child = spawn(command, args, { cwd, signal, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new SetupError(`${command} failed with exit code ${code}: see above`);
}
