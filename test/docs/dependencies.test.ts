import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

test('each dependency has a row with its reason in docs/architecture.md, and no row is of one that has gone', () => {
  const section = read('docs/architecture.md').split('\n## Dependencies\n')[1]?.split('\n## ')[0] ?? '';
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));

  const rows = [...section.matchAll(/^\| (`[^|]*`) \| [^|]+ \| [^|]+ \|$/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );

  expect(rows.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
});
