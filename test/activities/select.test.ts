import { expect, test } from 'vitest';
import { scoreOf, select } from '../../activities/select.ts';
import { aCall } from '../support/fixtures.ts';
import { aRecord, aVerdict } from '../support/records.ts';

test.each([
  [{ automaticScore: 3 }, 'passed', 'reaches-bar'],
  [{ automaticScore: 2.99 }, 'rejected', 'below-bar'],
  [{ panelScore: 3 }, 'passed', 'reaches-bar'],
])('select accepts a score that reaches the bar, of a panel or the service: %o is %s', async (score, outcome, code) => {
  const verdict = await select(score, { bar: 3 });

  expect(verdict).toEqual({ outcome, ...score, reasons: [{ code, detail: expect.any(String) }] });
});

test.each([
  [{ automaticScore: 4.7 }, { automaticScore: 4.7 }],
  [{ panelScore: 1 }, { panelScore: 1 }],
])('a shortlisting with %o is selected by that score, under its own name', async (scored, expected) => {
  const record = aRecord(1, { stage: 'selection', verdicts: [aVerdict('shortlisting', scored)] });

  expect(await scoreOf(record, aCall().criteria)).toEqual(expected);
});
