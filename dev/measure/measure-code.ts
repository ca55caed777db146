import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileMeasures, measureFile } from './measure-file.ts';
import { type Import, measureImports } from './measure-imports.ts';
import { isShipped, roomOf } from './rooms.ts';

type Spread = { median: number; p90: number; max: number };

export type CodeMeasures = {
  files: number;
  lines: number;
  fileLines: Spread;
  exports: Spread;
  functionLines: Spread;
  anys: number;
  casts: number;
  importsInCycles: number;
  /** Share of the non-blank lines. */
  commentShare: number;
};

const notOurs = ['node_modules', 'dist', 'coverage'];

export async function measureCode(root: string) {
  const files = await sourcesIn(root);
  const measures = new Map<string, FileMeasures>();
  for (const file of files) measures.set(file, measureFile(file, await readFile(join(root, file), 'utf8')));
  const imports = await measureImports(root);
  const of = (isIn: (file: string) => boolean) =>
    summary(
      files.filter(isIn).flatMap((file) => measures.get(file) ?? []),
      imports.filter(({ from }) => isIn(from)),
    );
  const rooms = [...new Set(files.filter((file) => file.includes('/')).map(roomOf))].sort();
  return {
    shipped: of(isShipped),
    everything: of(() => true),
    rooms: rooms.map((room) => [room, of((file) => roomOf(file) === room)] as const),
    imports,
  };
}

async function sourcesIn(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || notOurs.includes(entry.name)) continue;
    const inside = entry.isDirectory() ? await readdir(join(root, entry.name), { recursive: true }) : undefined;
    found.push(...(inside?.map((name) => `${entry.name}/${name}`) ?? [entry.name]));
  }
  return found.filter(isSource).sort();
}

function isSource(file: string): boolean {
  const isOurs = !file.split('/').some((part) => notOurs.includes(part));
  return isOurs && /\.(ts|tsx|mts|mjs|js)$/.test(file) && !file.endsWith('.config.ts');
}

function summary(files: FileMeasures[], imports: Import[]): CodeMeasures {
  const total = (key: 'lines' | 'emptyLines' | 'commentLines' | 'anys' | 'casts') =>
    files.reduce((sum, file) => sum + file[key], 0);
  return {
    files: files.length,
    lines: total('lines'),
    fileLines: spread(files.map(({ lines }) => lines)),
    exports: spread(files.map(({ exports }) => exports)),
    functionLines: spread(files.flatMap(({ functions }) => functions)),
    anys: total('anys'),
    casts: total('casts'),
    importsInCycles: imports.filter(({ isCyclic }) => isCyclic).length,
    commentShare: total('commentLines') / (total('lines') - total('emptyLines')),
  };
}

function spread(numbers: number[]): Spread {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { median: at(0.5), p90: at(0.9), max: at(1) };
}
