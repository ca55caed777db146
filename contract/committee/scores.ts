import type { Criterion } from '../call/criteria.ts';
import type { Rating, Review } from '../state.ts';

/** What a panel has said so far, in numbers. Abstentions count for none of them but their own. */
export type PanelNumbers = {
  /** Those with scores: what a quorum counts. */
  reviews: number;
  abstentions: number;
  mean?: number;
  median?: number;
  /** Of these reviews themselves, not of a population behind them: 0 where all agree, 2 where half say 1 and half 5. */
  standardDeviation?: number;
};

/** Those that count for a quorum. */
export function scored(reviews: readonly Review[], stage: Review['stage']): Review[] {
  return reviews.filter((review) => review.stage === stage && review.scores !== undefined);
}

/** Of the reviews' own scores; nothing but the counts without a review. */
export function panelNumbers(all: readonly Review[], stage: Review['stage']): PanelNumbers {
  const abstentions = all.filter((review) => review.stage === stage && review.abstains).length;
  const counted = scored(all, stage);
  const scores = counted.flatMap(({ score }) => score ?? []).sort((one, other) => one - other);
  const counts = { reviews: counted.length, abstentions };
  if (scores.length === 0) return counts;
  const mean = meanOf(scores);
  const variance = meanOf(scores.map((score) => (score - mean) ** 2));
  return {
    ...counts,
    mean: rounded(mean),
    median: rounded(medianOf(scores)),
    standardDeviation: rounded(Math.sqrt(variance)),
  };
}

/** What one person has said of all criteria that they have scored, as one number. */
export function reviewScore(scores: Record<string, number>, criteria: readonly Criterion[]): number {
  const ratings = Object.entries(scores).map(([criterion, rating]) => ({ criterion, rating }));
  return weightedMean(ratings, criteria);
}

/** What reviewers have said together, by criterion; nothing without a review. */
export function meanRatings(reviews: readonly Review[], criteria: readonly Criterion[]): Rating[] {
  return criteria.flatMap(({ id }) => {
    const scores = reviews.flatMap((review) => review.scores?.[id] ?? []);
    if (scores.length === 0) return [];
    const rating = rounded(meanOf(scores));
    return [{ criterion: id, rating, reason: `mean of ${scores.length} reviews` }];
  });
}

/** Weighted mean, from 1 to 5, of one rating at least. */
export function weightedMean(
  ratings: readonly Pick<Rating, 'criterion' | 'rating'>[],
  criteria: readonly Criterion[],
): number {
  const weightOf = new Map(criteria.map(({ id, weight }) => [id, weight]));
  const total = ratings.reduce((sum, { criterion }) => sum + (weightOf.get(criterion) ?? 0), 0);
  const sum = ratings.reduce((sum, { criterion, rating }) => sum + rating * (weightOf.get(criterion) ?? 0), 0);
  return rounded(sum / total);
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** @param sorted one at least */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return meanOf(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}

/** To two decimals: what the organisers read is what is compared. */
export function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
