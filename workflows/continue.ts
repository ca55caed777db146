import { allHandlersFinished, condition, makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import { carriedOf } from '../contract/lifecycle/carried.ts';
import { publicStatus } from '../contract/public-status.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/workflow/submission-input.ts';
import type { OpenSubmission } from './open-submission.ts';

/** Goes on in a new run before the history is too long. Call it when all is on record; commands under way end before. */
export async function continueIfSuggested(open: OpenSubmission, input: SubmissionInput): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested) return;
  const { state } = open;
  await condition(allHandlersFinished);
  if (open.state !== state) return;
  const memo: SubmissionMemo = { publicStatus: publicStatus(state), fingerprint: input.fingerprint };
  const goOn = makeContinueAsNewFunc<(input: SubmissionInput) => Promise<unknown>>({ memo });
  await goOn({ ...input, carried: { state: carriedOf(state), known: open.known } });
}
