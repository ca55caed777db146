import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whoever imports it, on whatever way, asks for a server of its own, or for a part in one. */
const doorToServers = join(root, 'test/support/shared.ts');

/** A file that reads a clock measures: what runs beside it would be in its figures. */
const clock = /\b(performance\.now|cpuUsage|hrtime)\b/;

/**
 * The project of a test file, by what is in it, so that a new file needs no entry anywhere: where it lies, what it
 * imports, and whether it measures.
 */
export function projectOf(file: string) {
  if (file.startsWith('test/faults/')) return 'faults';
  const path = join(root, file);
  const kind = file.startsWith('test/e2e/') || reaches(path, doorToServers) ? 'servers' : 'fast';
  return clock.test(readFileSync(path, 'utf8')) ? (`${kind}-measuring` as const) : kind;
}

/** In the order in which they run. */
export const projects = ['fast', 'servers', 'fast-measuring', 'servers-measuring', 'faults'] as const;

export function filesOf(project: (typeof projects)[number]): string[] {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file}`);
  return files.filter((file) => projectOf(file) === project).sort();
}

/** Whether a module imports another one, itself or through others of the tests. */
function reaches(module: string, goal: string, seen = new Set<string>()): boolean {
  if (module === goal) return true;
  if (seen.has(module)) return false;
  seen.add(module);
  return importsOf(module).some((imported) => reaches(imported, goal, seen));
}

/** Of modules among the tests; types are of no weight. */
function importsOf(module: string): string[] {
  const imports = readFileSync(module, 'utf8').matchAll(/^(?:import|export)\s(?!type\b)[^;]*?'(\.[^']*)';$/gm);
  return [...imports]
    .map(([, path = '']) => join(dirname(module), path))
    .filter((path) => relative(root, path).startsWith('test/') && existsSync(path));
}
