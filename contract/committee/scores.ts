import type { Criterion } from '../call/criteria.ts';
import type { Rating, Review } from '../state.ts';

export type PanelNumbers = {
  reviews: number;
  abstentions: number;
  mean?: number;
  median?: number;
  /** Of the reviews as the whole population: from 0 to 2. */
  standardDeviation?: number;
};

export function scoredReviews(reviews: readonly Review[], stage: Review['stage']): Review[] {
  return reviews.filter((review) => review.stage === stage && review.scores !== undefined);
}

export function panelNumbers(all: readonly Review[], stage: Review['stage']): PanelNumbers {
  const abstentions = all.filter((review) => review.stage === stage && review.abstains).length;
  const counted = scoredReviews(all, stage);
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

export function reviewScore(scores: Record<string, number>, criteria: readonly Criterion[]): number {
  const ratings = Object.entries(scores).map(([criterion, rating]) => ({ criterion, rating }));
  return weightedMean(ratings, criteria);
}

export function meanRatings(reviews: readonly Review[], criteria: readonly Criterion[]): Rating[] {
  return criteria.flatMap(({ id }) => {
    const scores = reviews.flatMap((review) => review.scores?.[id] ?? []);
    if (scores.length === 0) return [];
    const rating = rounded(meanOf(scores));
    return [{ criterion: id, rating, reason: `mean of ${scores.length} reviews` }];
  });
}

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

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return meanOf(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}

/** To two decimals, so that scores are compared as they are shown. */
export function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
