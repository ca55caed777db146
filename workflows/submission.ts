/** The way of one submission, from received to its outcome: stages in order, and the first rejection ends it. */
import { ActivityFailure, ApplicationFailure, isCancellation, sleep } from '@temporalio/workflow';
import { processingFailure } from '../contract/errors.ts';
import type { SubmissionInput } from '../contract/messages.ts';
import type { Outcome } from '../contract/outcomes.ts';
import { proposalOf } from '../contract/proposal.ts';
import { stages } from '../contract/stages.ts';
import type { StageVerdict } from '../contract/state.ts';
import { judges } from './judges.ts';
import { openRecord } from './record.ts';

export async function submission(input: SubmissionInput): Promise<{ outcome: Outcome }> {
  const { transition } = openRecord(input);
  const verdicts: StageVerdict[] = [];
  const proposal = proposalOf(input.submission);

  try {
    for (const stage of stages) {
      transition({ stage, verdicts: [...verdicts] });

      const { policy } = input.rules.stages[stage];
      if (policy.after > 0) {
        await sleep(policy.after, { summary: `${stage}: time to withdraw before the verdict` });
      }

      const verdict = await judges[stage]({ proposal, rules: input.rules, verdicts });
      verdicts.push({ ...verdict, stage, decidedAt: new Date().toISOString() });
      if (verdict.outcome === 'rejected') return conclude('rejected');
    }
    return conclude('accepted');
  } catch (error) {
    if (isCancellation(error)) {
      transition({ conclusion: { kind: 'withdrawn' } });
      throw error;
    }
    // Anything else is a defect of ours: it fails the workflow task, and the fixed code goes on from here.
    if (!(error instanceof ActivityFailure)) throw error;
    transition({ conclusion: { kind: 'failed', error: 'processing-failed' } });
    throw ApplicationFailure.create({
      type: processingFailure,
      message: `The activity ${error.activityType} failed for good`,
      nonRetryable: true,
      cause: error,
    });
  }

  function conclude(outcome: Outcome) {
    transition({ verdicts: [...verdicts], conclusion: { kind: outcome } });
    return { outcome };
  }
}
