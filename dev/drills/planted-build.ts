import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildOf } from '../../temporal/bundle/build-of.ts';
import { keptBundle } from '../../temporal/bundle/workflow-bundle.ts';

/** A change of one file: what is replaced, and by what. */
export type Change = { file: string; from: string; to: string };

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What no worker runs from. */
const left = new Set(['node_modules', 'dist', 'coverage', 'client', 'bench', 'test', 'docs']);

/** Another build of the worker: a checkout of its own, with changes. */
export async function plantBuild(...changes: Change[]) {
  const checkout = await mkdtemp(join(tmpdir(), `call-for-speakers-build-${process.pid}-`));
  const names = (await readdir(root)).filter((name) => !left.has(name) && !name.startsWith('.'));
  for (const name of names) await cp(join(root, name), join(checkout, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  for (const change of changes) await plant(checkout, change);
  const codePath = await keptBundle(checkout);

  return {
    checkout,
    worker: pathToFileURL(join(checkout, 'worker.ts')),
    build: await buildOf({ codePath }),
    remove: () => rm(checkout, { recursive: true, force: true }),
  };
}

async function plant(checkout: string, { file, from, to }: Change): Promise<void> {
  const text = await readFile(join(checkout, file), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} has not exactly one ${from}`);
  await writeFile(join(checkout, file), text.replace(from, to));
}
