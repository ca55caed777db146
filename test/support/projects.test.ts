import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { filesOf, hasServers, projectOf, projects } from './projects.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notOurs = ['node_modules', 'dist', 'coverage', '.git', '.data'];

test('each file that looks like tests is in one project, wherever it lies', async () => {
  const ours = (await readdir(root)).filter((name) => !notOurs.includes(name));
  const inFolders = ours.map((name) =>
    readdir(join(root, name), { recursive: true, withFileTypes: true }).catch(() => []),
  );
  const files = (await Promise.all(inFolders)).flat().map(({ parentPath, name }) => join(parentPath, name));
  const tests = [...ours, ...files.map((file) => relative(root, file))].filter(
    (file) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(file) && !file.includes('/node_modules/'),
  );

  const inProjects = projects.flatMap(filesOf);

  expect(inProjects.sort()).toEqual(tests.sort());
});

test.each([
  ['test/contract/calendar.test.ts', 'fast'],
  ['test/contract/submission.test.ts', 'fast-measuring'],
  // By way of another module.
  ['test/api/request/outside-text.test.ts', 'fast-measuring'],
  ['test/store/records/records.test.ts', 'servers'],
  ['test/temporal/withdraw-submission.test.ts', 'servers-measuring'],
  ['test/e2e/start.test.ts', 'servers'],
  ['test/faults/killed.test.ts', 'faults'],
])('%s is in %s', (file, project) => {
  expect(projectOf(file)).toBe(project);
});

test('only the projects with real servers try a test again', () => {
  expect(projects.filter(hasServers)).toEqual(['servers', 'servers-measuring', 'faults']);
});
