import { describe, expect, test } from 'vitest';
import { mayScore } from '../../contract/committee/may-score.ts';
import type { Review, SubmissionState } from '../../contract/state.ts';
import { scores } from '../support/people.ts';
import { aRecord } from '../support/records.ts';

const [stage, at] = ['selection' as const, '2026-11-01T12:00:00.000Z'];

/** After some reviews with scores or abstentions. */
function having(...reviews: [by: string, scores?: Record<string, number>, stage?: Review['stage']][]): SubmissionState {
  const said = reviews.map(
    ([by, scores, of = stage]): Review => ({ stage: of, by, at, ...(scores ? { scores } : { abstains: true }) }),
  );
  const reviewers = reviews.map(([by, _, of = stage]) => ({ stage: of, by }));
  const last = said.filter(
    ({ by, stage: of }, index) => !said.slice(index + 1).some((one) => one.by === by && one.stage === of),
  );
  return aRecord(1, { stage, reviews: last, reviewers }).state;
}

const rita = { by: 'Rita', stage, scores };
const otherScores = { ...scores, substance: 1 };

describe('a score', () => {
  test.each([
    ['is given before anybody has reviewed', having(), rita],
    ['is given after others have, by whom their reviews are hidden from', having(['Rolf', scores], ['Olga']), rita],
    ['takes the place of an abstention, as long as nobody else has reviewed', having(['Rita']), rita],
    [
      'takes the place of an abstention that nobody else has followed but in another stage',
      having(['Rolf', scores, 'shortlisting'], ['Rita']),
      rita,
    ],
    ['is changed, as long as nobody else has reviewed', having(['Rita', otherScores], ['Rita', scores]), rita],
    ['is said again', having(['Rita', scores], ['Rolf', scores]), rita],
    [
      'is given in the next stage by whom the last one is known to',
      having(['Rita', scores, 'shortlisting'], ['Rolf', scores, 'shortlisting']),
      rita,
    ],
    ['is given by who sees all reviews, before there are some', having(), { ...rita, seesAll: true }],
  ])('%s', (_, state, scoring) => {
    expect(mayScore(state, scoring)).toBe(true);
  });

  test.each([
    ['after an abstention that the reviews of others came before', having(['Rolf', scores], ['Rita']), rita],
    ['after an abstention that the reviews of others came after', having(['Rita'], ['Rolf', scores]), rita],
    ['after an abstention that an abstention of another came after', having(['Rita'], ['Rolf']), rita],
    ['in place of one that the reviews of others came after', having(['Rita', otherScores], ['Rolf', scores]), rita],
    ['on one criterion more', having(['Rita', {}], ['Rolf', scores]), rita],
    ['on one criterion less', having(['Rita', { ...scores, charm: 2 }], ['Rolf', scores]), rita],
    [
      'when those whose reviews were there have declared a conflict since',
      { ...having(['Rita'], ['Rolf', scores]), reviews: [{ stage, by: 'Rita', at, abstains: true as const }] },
      rita,
    ],
    ['by who sees all reviews, once there are some', having(['Rolf', scores]), { ...rita, seesAll: true }],
    [
      'by who sees all reviews, in place of their own',
      having(['Rita', otherScores], ['Rolf']),
      { ...rita, seesAll: true },
    ],
  ])('is not given %s', (_, state, scoring) => {
    expect(mayScore(state, scoring)).toBe(false);
  });
});
