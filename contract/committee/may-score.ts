import type { Stage } from '../stages.ts';
import type { SubmissionState } from '../state.ts';

type Scoring = {
  by: string;
  stage: Stage;
  scores: Record<string, number>;
  seesAll?: boolean | undefined;
};

/** Reading isn't recorded: whoever could read another review may only repeat their own scores. */
export function mayScore(
  { reviews = [], reviewers = [] }: Pick<SubmissionState, 'reviews' | 'reviewers'>,
  scoring: Scoring,
): boolean {
  const { by, stage, scores, seesAll = false } = scoring;
  const own = reviews.find((review) => review.stage === stage && review.by === by);
  if (own?.scores && isEqual(own.scores, scores)) return true;
  // Not `reviews`: those of somebody with a conflict are removed, but may have been read.
  const areOthersIn = reviewers.some((one) => one.stage === stage && one.by !== by);
  return !areOthersIn || (own === undefined && !seesAll);
}

function isEqual(one: Record<string, number>, other: Record<string, number>): boolean {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].every((id) => one[id] === other[id]);
}
