import { omitUndefined } from './omit-undefined.ts';
import type { SubmissionState } from './state.ts';
import type { SubmissionInput } from './workflow/submission-input.ts';

/**
 * Of a submission that no worker has seen yet: the gateway's first answer and the workflow start from the same. Whoever has
 * a conflict of interest has it in one that goes on from another, from the beginning.
 */
export function initialState({
  id,
  createdAt,
  rules,
  reopens,
}: Pick<SubmissionInput, 'id' | 'createdAt' | 'rules' | 'reopens'>): SubmissionState {
  return omitUndefined({
    id,
    revision: 0,
    createdAt,
    lastUpdatedAt: createdAt,
    disclosure: rules.disclosure,
    stage: 'received' as const,
    verdicts: [],
    original: reopens?.original,
    conflicts: reopens?.conflicts,
  });
}
