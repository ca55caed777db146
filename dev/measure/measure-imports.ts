import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Import = { from: string; to: string; isCyclic: boolean };

type Module = { source: string; dependencies: { resolved: string; circular: boolean; dependencyTypes: string[] }[] };

const ours = fileURLToPath(new URL('../..', import.meta.url));

/** Returns all local imports of a checkout, with those of types. */
export async function measureImports(root: string): Promise<Import[]> {
  const args = ['--config', `${ours}dev/boundaries/all-imports.json`, '--output-type', 'json', '.'];
  const { modules } = JSON.parse(await output(`${ours}node_modules/.bin/depcruise`, args, root));
  return modules.flatMap(({ source, dependencies }: Module) =>
    dependencies
      .filter(({ dependencyTypes }) => dependencyTypes.includes('local'))
      .map(({ resolved, circular }) => ({ from: source, to: resolved, isCyclic: circular })),
  );
}

/** Resolves despite an exit code, which reports crossed boundaries. */
function output(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_OPTIONS: `--import ${ours}dev/boundaries/read-tsx.mjs` };
    execFile(command, args, { cwd, env, maxBuffer: Number.POSITIVE_INFINITY }, (error, stdout) => {
      if (stdout === '' && error) reject(error);
      else resolve(stdout);
    });
  });
}
