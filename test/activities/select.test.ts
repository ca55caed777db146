import { expect, test } from 'vitest';
import { select } from '../../activities/select.ts';
import { rated } from '../../activities/shortlist.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { aCall, aSubmission } from '../support/fixtures.ts';

const proposal = proposalOf(aSubmission());
const { criteria } = aCall();

test.each([
  [{ automaticScore: 3 }, 'passed', 'reaches-bar'],
  [{ automaticScore: 2.99 }, 'rejected', 'below-bar'],
  [{ panelScore: 3 }, 'passed', 'reaches-bar'],
])('select accepts a score that reaches the bar, of a panel or the service: %o is %s', async (score, outcome, code) => {
  const verdict = await select(proposal, score, criteria, { bar: 3 });

  expect(verdict).toEqual({ outcome, ...score, reasons: [{ code, detail: expect.any(String) }] });
});

test('without a score of the shortlisting, that of the text counts', async () => {
  const verdict = await select(proposal, {}, criteria, { bar: 1 });

  expect(verdict).toMatchObject({ outcome: 'passed', automaticScore: rated(proposal, criteria).score });
});
