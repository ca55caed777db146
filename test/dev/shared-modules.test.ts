import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { keptByModule } from '../support/kept-by-module.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All workflows of a worker share the modules of these folders: what one of them kept, another would find. */
const shared = ['workflows', 'contract'];

test('no module that workflows share keeps anything', async () => {
  const files = await Promise.all(shared.map((folder) => readdir(join(root, folder), { recursive: true })));
  const paths = shared.flatMap((folder, at) => files[at]?.map((file) => join(folder, file)) ?? []);
  const modules = paths.filter((path) => path.endsWith('.ts'));

  const kept = await Promise.all(
    modules.map(async (path) =>
      keptByModule(await readFile(join(root, path), 'utf8')).map((name) => `${path}: ${name}`),
    ),
  );

  expect(modules.length).toBeGreaterThan(50);
  expect(kept.flat()).toEqual([]);
});

test.each([
  ['let last = 0;', ['last']],
  ['export let last: string | undefined;', ['last']],
  ['const seen = new Map<string, number>();', ['seen']],
  ['export const seen: Set<string> = new Set();', ['seen']],
  ['const names: ReadonlySet<string> = new Set(["a"]);', []],
  ['const queue: string[] = [];', ['queue']],
  ['const last = {};', ['last']],
  ['const last = { at: "" };', []],
  ['const last = { at: "" }; function keep(at: string) { last.at = at; }', ['last']],
  ['const counts = { all: 0 }; const count = () => { counts.all += 1; };', ['counts']],
  ['const counts = { all: 0 }; const count = () => counts.all++;', ['counts']],
  ['const next = /a/g; const isNext = (text: string) => next.test(text);', ['next']],
  ['const next = new RegExp("a", "gu"); const find = (text: string) => next.exec(text);', ['next']],
  ['const next = /a/g; const count = (text: string) => text.match(next)?.length;', []],
  ['const isNext = /a/u;', []],
  ['const pause = 1_000;', []],
  ['function count() { let count = 0; return count; }', []],
])('%s', (source, kept) => {
  expect(keptByModule(source)).toEqual(kept);
});
