import { digestOfTexts } from './lifecycle/carried.ts';
import { omitUndefined } from './omit-undefined.ts';
import type { Command, Conflict, Review, SubmissionState } from './state.ts';

/** Completes a state whose long texts and older commands are only on record. */
export function withTextsOf(state: SubmissionState, recorded?: SubmissionState): SubmissionState {
  const { reviews, conflicts } = state;
  const commands = withEarlier(state.commands, recorded?.commands);
  return {
    ...state,
    ...(reviews && { reviews: reviews.map((review) => withItsTexts(review, recorded?.reviews)) }),
    ...(conflicts && { conflicts: conflicts.map((conflict) => withItsReason(conflict, recorded?.conflicts)) }),
    ...(commands && { commands }),
  };
}

/** Not by its instant: the same command has another one if its task is replayed. */
function withItsTexts({ textsOnRecord, ...review }: Review, recorded: readonly Review[] = []): Review {
  if (textsOnRecord === undefined) return review;
  const isIt = (one: Review) => one.stage === review.stage && one.by === review.by;
  const { note, feedback } = recorded.find((one) => isIt(one) && digestOfTexts(one) === textsOnRecord) ?? {};
  return omitUndefined({ ...review, note, feedback });
}

function withItsReason({ textsOnRecord, ...conflict }: Conflict, recorded: readonly Conflict[] = []): Conflict {
  if (!textsOnRecord) return conflict;
  return omitUndefined({ ...conflict, reason: recorded.find(({ by }) => by === conflict.by)?.reason });
}

function withEarlier(commands?: Command[], recorded?: Command[]): Command[] | undefined {
  if (recorded === undefined) return commands;
  const numbers = new Set(commands?.map(({ number }) => number));
  const earlier = recorded.filter(({ number }) => !numbers.has(number));
  return [...earlier, ...(commands ?? [])].sort((one, other) => one.number - other.number);
}
