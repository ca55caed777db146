import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { SetupError } from '../../process/setup-error.ts';
import { builtBundle, mapMark } from './build-of.ts';

const folders = ['workflows', 'contract'] as const;

/** Milliseconds for which old bundles are kept: a process that has found one may still have to load it. */
const keptFor = 24 * 60 * 60 * 1_000;

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export async function findWorkflowBundle(): Promise<{ codePath: string }> {
  if (import.meta.url.endsWith('.ts')) return { codePath: await keptBundle(root) };
  if (await exists(builtBundle)) return { codePath: builtBundle };
  throw new SetupError(`${builtBundle} is missing: run npm run build`);
}

export async function buildWorkflowBundle(): Promise<void> {
  await writeAtOnce(builtBundle, await bundle(dirname(root), root, 'js'));
}

/** Bundles into `node_modules`, by the hash of the sources. Several processes may call it at the same time. */
export async function keptBundle(checkout: string, make = bundle): Promise<string> {
  const cache = join(checkout, 'node_modules', '.cache', 'call-for-speakers');
  const path = join(cache, `workflows-${await hashOfSources(checkout)}.js`);
  if (!(await exists(path))) {
    await mkdir(cache, { recursive: true });
    await removeOld(cache);
    await writeAtOnce(path, await make(checkout));
  }
  return path;
}

async function bundle(checkout: string, folder = checkout, extension = 'ts'): Promise<string> {
  const workflowsPath = join(folder, 'workflows', `index.${extension}`);
  const interceptorsPaths = ['trace-context', 'cut-tasks'].map((name) =>
    join(folder, 'workflows', `${name}.${extension}`),
  );
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: interceptorsPaths,
    // Evaluated once and shared by all workflows, instead of by each: no module keeps anything of one.
    preloadModules: [workflowsPath, ...interceptorsPaths],
    failureConverterPath: join(folder, 'workflows', 'failure-converter.cjs'),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      // Modules are named by their way from here: not from where the process was started, nor from where links lead.
      context: checkout,
      resolve: { ...config.resolve, symlinks: false },
    }),
  });
  const mapAt = code.lastIndexOf(mapMark) + mapMark.length;
  // The published bundle must not contain this machine's paths.
  const withoutPlace = (text: string) => text.replaceAll(`${checkout}/`, '');
  const map = withoutPlace(Buffer.from(code.slice(mapAt), 'base64').toString());
  assertHashed(JSON.parse(map));
  return withoutPlace(code.slice(0, mapAt)) + Buffer.from(map).toString('base64');
}

async function hashOfSources(checkout: string): Promise<string> {
  const files = await Promise.all(folders.map((folder) => filesIn(join(checkout, folder))));
  const all = [...files.flat(), join(checkout, 'package-lock.json'), fileURLToPath(import.meta.url)];
  const contents = await Promise.all(all.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [index, content] of contents.entries()) {
    hash.update(`${relative(checkout, all[index] ?? '')}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

/** A change to a source that isn't hashed would be missed. */
function assertHashed({ sources }: { sources: string[] }): void {
  const isHashed = (source: string) =>
    source.includes('node_modules/') || folders.some((folder) => source.startsWith(`${folder}/`));
  const missed = sources.filter((source) => source.endsWith('.ts') && !isHashed(source));
  if (missed.length > 0) throw new Error(`workflow code may only be in ${folders.join(' and ')}, not in ${missed}`);
}

async function removeOld(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > keptFor) await rm(path, { force: true });
  }
}

async function writeAtOnce(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
