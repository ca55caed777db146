import { expect, test } from 'vitest';
import { select } from '../../activities/select.ts';

test.each([
  [3, 'passed', 'reaches-bar'],
  [2.99, 'rejected', 'below-bar'],
])('select takes what reaches the bar: a score of %d is %s', async (score, outcome, code) => {
  const verdict = await select(score, { bar: 3 });

  expect(verdict).toMatchObject({ outcome, score, reasons: [{ code }] });
});
