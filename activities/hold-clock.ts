import { held } from '../contract/lifecycle/answer-letters.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';

type Dependencies = {
  store: { messages: Pick<Store['messages'], 'outstandingLetters'>; records: Pick<Store['records'], 'standing'> };
  workflows: Pick<Workflows, 'hold'>;
};

/** Tells a workflow that a letter did not arrive, or is held, if its speaker's clock runs by its record. */
export function createHoldClock({ store: { messages, records }, workflows }: Dependencies) {
  return async (id: SubmissionId): Promise<void> => {
    const letters = await messages.outstandingLetters(id);
    if (letters.length === 0) return;
    const standing = await records.standing(id);
    const letter = standing && letters.find((one) => held(standing.state, one, standing.state.lastUpdatedAt));
    if (letter !== undefined) await workflows.hold(id, letter);
  };
}
