import type { Command, SubmissionState } from './state.ts';

type Texts = { by: string; at: string; textsOnRecord?: true };

/** Completes a state whose long texts and older commands are only on record. */
export function withTextsOf(state: SubmissionState, recorded?: SubmissionState): SubmissionState {
  const { reviews, conflicts } = state;
  const commands = withEarlier(state.commands, recorded?.commands);
  return {
    ...state,
    ...(reviews && {
      reviews: reviews.map((review) =>
        completed(
          review,
          recorded?.reviews?.filter(({ stage }) => stage === review.stage),
        ),
      ),
    }),
    ...(conflicts && { conflicts: conflicts.map((conflict) => completed(conflict, recorded?.conflicts)) }),
    ...(commands && { commands }),
  };
}

function completed<One extends Texts>({ textsOnRecord, ...rest }: One, recorded: readonly One[] = []) {
  if (!textsOnRecord) return rest;
  const { textsOnRecord: _, ...standing } = recorded.find(({ by, at }) => by === rest.by && at === rest.at) ?? {};
  return { ...standing, ...rest };
}

function withEarlier(commands?: Command[], recorded?: Command[]): Command[] | undefined {
  if (recorded === undefined) return commands;
  const numbers = new Set(commands?.map(({ number }) => number));
  const earlier = recorded.filter(({ number }) => !numbers.has(number));
  return [...earlier, ...(commands ?? [])].sort((one, other) => one.number - other.number);
}
