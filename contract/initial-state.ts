import { omitUndefined } from './omit-undefined.ts';
import { type SubmissionState, stateVersion } from './state.ts';
import type { SubmissionInput } from './workflow/submission-input.ts';

/** The state that both the gateway's first answer and the workflow start from. A reopened submission keeps conflicts. */
export function initialState({
  id,
  code,
  createdAt,
  rules,
  reopens,
  proved,
}: Pick<SubmissionInput, 'id' | 'code' | 'createdAt' | 'rules' | 'reopens' | 'proved'>): SubmissionState {
  return omitUndefined({
    version: stateVersion,
    id,
    code,
    revision: 0,
    createdAt,
    lastUpdatedAt: createdAt,
    disclosure: rules.disclosure,
    stages: rules.stages.map(({ stage }) => stage),
    course: { at: 'received' as const },
    verdicts: [],
    original: reopens?.original,
    conflicts: reopens?.conflicts,
    proved,
    coSpeakers: reopens?.coSpeakers,
  });
}
