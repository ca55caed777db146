import { isAnswerLetter } from '../contract/lifecycle/answer-letters.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';

type Dependencies = {
  store: { records: Pick<Store['records'], 'standing'> };
  workflows: Pick<Workflows, 'resendLetter'>;
};

/**
 * Has a workflow ask its speaker anew, in the place of a letter that was held: that one names a date which has moved.
 * Returns whether the letter asks for an answer that is owed.
 */
export function createAskAnew({ store: { records }, workflows }: Dependencies) {
  return async (id: SubmissionId, letter: string): Promise<boolean> => {
    const standing = await records.standing(id);
    return standing !== undefined && isAnswerLetter(standing.state, letter) && workflows.resendLetter(id, letter);
  };
}
