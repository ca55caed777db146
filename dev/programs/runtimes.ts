/** Runtimes that only the client's test needs, and therefore no dependencies. */
import { execFile } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Program } from './programs.ts';

const run = promisify(execFile);

export const deno: Program = { name: 'deno', version: '2.9.6', download: (folder) => install('deno', '@deno', folder) };

export const bun: Program = { name: 'bun', version: '1.4.5', download: (folder) => install('bun', '@oven', folder) };

/** The lockfile pins the hashes. The scope has one package per platform. */
async function install(name: string, scope: string, folder: string): Promise<string> {
  await cp(fileURLToPath(new URL(name, import.meta.url)), folder, { recursive: true });
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  const programs = join(folder, 'node_modules', scope);
  const files = await readdir(programs, { recursive: true });
  const program = files.find((file) => file.endsWith(`/${name}`));
  if (program === undefined) throw new Error(`npm: there is no ${name} for this platform`);
  return join(programs, program);
}
