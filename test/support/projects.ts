import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** In the order in which they run. */
export const projects = ['fast', 'servers', 'fast-measuring', 'servers-measuring', 'faults'] as const;

/** Whoever imports it, on whatever way, asks for a server of its own, or for a part in one. */
const doorToServers = join(root, 'test/support/shared.ts');

/** Whoever reads one measures: what runs beside it would be in its figures. */
const clock = /\b(performance\.now|process\.cpuUsage|process\.hrtime)\b/;

/** Deletes workflows, which takes the development server a tenth of a second, but up to 20 s beside other work. */
const alone = ['test/api/routes/erasure.test.ts'];

/**
 * The project of a test file, by where it lies, what it imports, and whether it measures: so a new file needs no entry
 * anywhere.
 */
export function projectOf(file: string): (typeof projects)[number] {
  if (file.startsWith('test/faults/')) return 'faults';
  const modules = reachedFrom(join(root, file));
  const kind = file.startsWith('test/e2e/') || modules.has(doorToServers) ? 'servers' : 'fast';
  return alone.includes(file) || [...modules.values()].some((text) => clock.test(text)) ? `${kind}-measuring` : kind;
}

/** Real servers, on a busy machine, may be late for once. What needs no server has no such excuse. */
export function hasServers(project: (typeof projects)[number]): boolean {
  return !project.startsWith('fast');
}

export function filesOf(project: (typeof projects)[number]): string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file}`)
    .filter((file) => projectOf(file) === project);
}

/** A module and those of the tests that it is made of, with their text. */
function reachedFrom(module: string, reached = new Map<string, string>()): Map<string, string> {
  if (reached.has(module) || !existsSync(module)) return reached;
  const text = readFileSync(module, 'utf8');
  reached.set(module, text);
  // Types are of no weight.
  for (const [, path = ''] of text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?'(\.[^']*)';$/gm)) {
    const imported = join(dirname(module), path);
    if (relative(root, imported).startsWith('test/')) reachedFrom(imported, reached);
  }
  return reached;
}
