import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { panelNumbers, reviewScore } from '../../contract/committee/scores.ts';
import type { Review } from '../../contract/state.ts';
import { aCall } from '../support/fixtures.ts';

const stage = 'selection';
const at = '2026-11-01T12:00:00.000Z';
const reviewed = (...scores: number[]): Review[] =>
  scores.map((score, index) => ({ stage, by: `reviewer ${index}`, at, scores: { substance: score }, score }));
const abstention: Review = { stage, by: 'Abel', at, abstains: true };

describe("a panel's numbers", () => {
  test.each([
    [[], {}],
    [[2], { mean: 2, median: 2, standardDeviation: 0 }],
    [[5, 1], { mean: 3, median: 3, standardDeviation: 2 }],
    [[1, 2, 5], { mean: 2.67, median: 2, standardDeviation: 1.7 }],
    [[4, 1, 5, 2], { mean: 3, median: 3, standardDeviation: 1.58 }],
  ])('of %j are %o', (scores, numbers) => {
    expect(panelNumbers(reviewed(...scores), stage)).toEqual({ reviews: scores.length, abstentions: 0, ...numbers });
  });

  test('exclude other stages, and count abstentions separately', () => {
    const elsewhere: Review = { ...abstention, stage: 'shortlisting', scores: { substance: 5 }, score: 5 };

    const numbers = panelNumbers([...reviewed(1, 2), abstention, elsewhere], stage);

    expect(numbers).toEqual({ reviews: 2, abstentions: 1, mean: 1.5, median: 1.5, standardDeviation: 0.5 });
  });

  test('stay within the range of scores, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 500 }), { minLength: 1, maxLength: 40 }), (hundredths) => {
        const scores = hundredths.map((value) => value / 100);
        const numbers = panelNumbers(reviewed(...scores), stage);
        const { mean = 0, median = 0, standardDeviation = -1 } = numbers;

        expect(panelNumbers(reviewed(...scores.toReversed()), stage)).toEqual(numbers);
        for (const middle of [mean, median]) {
          expect(middle).toBeGreaterThanOrEqual(Math.min(...scores));
          expect(middle).toBeLessThanOrEqual(Math.max(...scores));
        }
        expect(standardDeviation).toBeGreaterThanOrEqual(0);
        expect(standardDeviation).toBeLessThanOrEqual(2);
      }),
    );
  });
});

test('the score of a review is weighted by the criteria that it scores', () => {
  const [substance] = aCall().criteria;
  if (!substance) throw new Error('the call has a criterion');
  const criteria = [
    { ...substance, id: 'substance', weight: 3 },
    { ...substance, id: 'charm', weight: 1 },
  ];

  expect(reviewScore({ substance: 5, charm: 1 }, criteria)).toBe(4);
  expect(reviewScore({ charm: 1 }, criteria)).toBe(1);
});
