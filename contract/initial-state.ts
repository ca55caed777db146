import { omitUndefined } from './omit-undefined.ts';
import type { SubmissionState } from './state.ts';
import type { SubmissionInput } from './workflow/submission-input.ts';

/** The state that both the gateway's first answer and the workflow start from. A reopened submission keeps conflicts. */
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
