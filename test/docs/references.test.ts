import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rooms } from '../support/rooms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** All that is written here: code, tests, documents. */
const texts = [
  ...['.spectral.yaml', 'CONTRIBUTING.md', 'README.md', 'worker.ts'],
  ...[...rooms, 'bench', 'dev', 'docs', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|js|md|py|txt|toml)$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
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

test('each document that another one links to is there', () => {
  const documents = texts.filter(({ file }) => file.endsWith('.md'));
  const links = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\(([^)\s#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => ({ file, path })),
  );

  const missing = links.filter(({ file, path }) => {
    try {
      return !readdirSync(join(root, file, '..', path, '..')).includes(path.replace(/\/$/, '').split('/').at(-1) ?? '');
    } catch {
      return true;
    }
  });

  expect(links.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});
