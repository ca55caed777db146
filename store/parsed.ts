import { upcastState } from '../contract/lifecycle/upcast.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';

export function parsed(row: { submission: string; state: string }): { submission: Submission; state: SubmissionState } {
  return { submission: JSON.parse(row.submission), state: upcastState(JSON.parse(row.state)) };
}
