import { allHandlersFinished, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import { carriedOf } from '../contract/lifecycle/carried.ts';
import { publicStatus } from '../contract/public-status.ts';
import { editionOf } from '../contract/record.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/workflow/submission-input.ts';
import type { OpenSubmission } from './open-submission.ts';

/** Goes on in a new run. Call it when all is on record; commands under way end before, or it stays. */
export async function continueAsNew(open: OpenSubmission, input: SubmissionInput): Promise<void> {
  const { state } = open;
  await condition(allHandlersFinished);
  if (open.state !== state) return;
  // Else the memo would be that of the start. The summary can't be given again: the Web UI shows none from here on.
  const memo: SubmissionMemo = { publicStatus: publicStatus(state), fingerprint: input.fingerprint };
  const goOn = makeContinueAsNewFunc<(input: SubmissionInput) => Promise<unknown>>({ memo });
  const submission = editionOf(state) > 1 ? { submission: open.texts.current } : {};
  const run = open.recordable().writer.run;
  await goOn({ ...input, carried: { state: carriedOf(state), known: open.known, run, ...submission } });
}
