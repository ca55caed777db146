import type { Criterion } from './call.ts';
import type { Rating, Review } from './state.ts';

/** Those that count for a quorum. */
export function scored(reviews: readonly Review[], stage: Review['stage']): Review[] {
  return reviews.filter((review) => review.stage === stage && review.scores !== undefined);
}

/** What reviewers have said together, by criterion; nothing without a review. */
export function meanRatings(reviews: readonly Review[], criteria: readonly Criterion[]): Rating[] {
  return criteria.flatMap(({ id }) => {
    const scores = reviews.flatMap((review) => review.scores?.[id] ?? []);
    if (scores.length === 0) return [];
    const rating = rounded(scores.reduce((sum, score) => sum + score, 0) / scores.length);
    return [{ criterion: id, rating, reason: `mean of ${scores.length} reviews` }];
  });
}

/** Weighted mean, from 1 to 5, of one rating at least. */
export function weightedMean(ratings: readonly Rating[], criteria: readonly Criterion[]): number {
  const weightOf = new Map(criteria.map(({ id, weight }) => [id, weight]));
  const total = ratings.reduce((sum, { criterion }) => sum + (weightOf.get(criterion) ?? 0), 0);
  const sum = ratings.reduce((sum, { criterion, rating }) => sum + rating * (weightOf.get(criterion) ?? 0), 0);
  return rounded(sum / total);
}

/** To two decimals: what the organisers read is what is compared. */
export function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
