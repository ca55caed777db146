import type { Conflict, Review, SubmissionState } from '../state.ts';
import { digestOf } from '../text/digest.ts';

/**
 * The state without what people wrote at length, which stays in the record: for the next run of the workflow, whose input is
 * limited. Call it when all is on record.
 */
export function carriedOf(state: SubmissionState): SubmissionState {
  const { commands: _, reviews, conflicts, ...rest } = state;
  return {
    ...rest,
    ...(reviews && { reviews: reviews.map(withoutTexts) }),
    ...(conflicts && { conflicts: conflicts.map(withoutReason) }),
  };
}

function withoutTexts(review: Review): Review {
  const { note, feedback, ...rest } = review;
  return note === undefined && feedback === undefined ? review : { ...rest, textsOnRecord: digestOfTexts(review) };
}

/** So that a repeated review is known as such without its texts. */
export function digestOfTexts({ note, feedback }: Pick<Review, 'note' | 'feedback'>): number {
  return digestOf(JSON.stringify([note ?? '', feedback ?? '']));
}

function withoutReason({ reason, ...conflict }: Conflict): Conflict {
  return reason === undefined ? conflict : { ...conflict, textsOnRecord: true };
}
