import type { SubmissionInput } from './messages.ts';
import type { SubmissionState } from './state.ts';

/** Of a submission that no worker has seen yet: the gateway's first answer and the workflow start from the same. */
export function initialState({ id, createdAt }: Pick<SubmissionInput, 'id' | 'createdAt'>): SubmissionState {
  return { id, createdAt, lastUpdatedAt: createdAt, stage: 'received', verdicts: [] };
}
