import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pageWithPicture, withPicture } from './picture.ts';

test("the README's picture of a submission's life is the one that is walked (else: npm run picture)", async () => {
  const page = await readFile(pageWithPicture, 'utf8');

  expect(page).toMatch(/^<!-- picture of .*\n\n```mermaid/m);
  expect(page).toBe(withPicture(page));
});
