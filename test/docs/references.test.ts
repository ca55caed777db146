import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rooms } from '../support/rooms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** All that is written here: code, tests, documents. */
const texts = [
  ...['CONTRIBUTING.md', 'README.md', 'worker.ts'],
  ...[...rooms, 'bench', 'dev', 'docs', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(tsx?|mjs|js|md|py|txt|toml)$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
      .map((name) => `${folder}/${name}`),
  ),
].map((file) => ({ file, text: read(file) }));

const rules = [...read('docs/http-rules.md').matchAll(/^\| (H\d+) \| (built|planned) \|/gm)].map(
  ([, rule = '', state = '']) => ({ rule, state }),
);
const decisions = [...read('docs/architecture.md').matchAll(/^(\d+)\. \*\*/gm)].map(
  ([, number]) => `decision ${number}`,
);

/** Which of these a text names, and in which file. */
function named(pattern: RegExp, among = texts) {
  return among.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([name]) => ({ file, name })));
}

test('each HTTP rule and each decision that is named is one that there is', () => {
  const known = [...rules.map(({ rule }) => rule), ...decisions];

  const unknown = [...named(/\bH\d{1,2}\b/g), ...named(/\bdecision \d+\b/g)].filter(
    ({ name }) => !known.includes(name),
  );

  expect(known.length).toBeGreaterThan(60);
  expect(unknown).toEqual([]);
});

test('each HTTP rule that is built is named by a test, and none that is planned', () => {
  const tests = texts.filter(({ file }) => file.endsWith('.test.ts'));
  const tested = new Set(named(/\bH\d{1,2}\b/g, tests).map(({ name }) => name));

  expect([...tested].sort()).toEqual(
    rules
      .filter(({ state }) => state === 'built')
      .map(({ rule }) => rule)
      .sort(),
  );
});

test('each file that a document links to, or names, is there', () => {
  const documents = texts.filter(({ file }) => file.endsWith('.md') && !file.startsWith('docs/decisions/'));
  const links = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\(([^)\s#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => ({
      file,
      path: join(file, '..', path),
    })),
  );
  const names = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/`((?:[a-z-]+\/)+[a-z0-9.-]+\.(?:ts|js|md|yaml))`/g)].map(([, path = '']) => ({ file, path })),
  );

  const missing = [...links, ...names].filter(({ path }) => !existsSync(join(root, path)));

  expect(names.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
