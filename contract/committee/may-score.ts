import type { Stage } from '../stages.ts';
import type { SubmissionState } from '../state.ts';

type Scoring = {
  by: string;
  stage: Stage;
  scores: Record<string, number>;
  /** The call shows all reviews to the person's role at once, and not once their own is in. */
  seesAll?: boolean | undefined;
};

/**
 * Whether a person may still give these scores, or has to be taken for somebody who knows what the others say. Nobody notes
 * who reads what: that a review of another was there for them to read is enough, whatever has become of it since, and even
 * if their own is an abstention. What they have said stands, and may be said again.
 */
export function mayScore({ reviews = [], commands = [] }: SubmissionState, scoring: Scoring): boolean {
  const { by, stage, scores, seesAll = false } = scoring;
  const own = reviews.find((review) => review.stage === stage && review.by === by);
  if (own?.scores && isEqual(own.scores, scores)) return true;
  // Not by the reviews: when somebody declares a conflict, theirs go, and were read all the same.
  const areOthersIn = commands.some(
    (command) => command.command === 'review' && command.detail === stage && command.by !== by,
  );
  return !areOthersIn || (own === undefined && !seesAll);
}

function isEqual(one: Record<string, number>, other: Record<string, number>): boolean {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].every((id) => one[id] === other[id]);
}
