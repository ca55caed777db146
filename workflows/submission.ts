/** The way of one submission, from received to its outcome: stages in order, and the first rejection ends it. */
import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { processingFailure } from '../contract/errors.ts';
import type { SubmissionInput } from '../contract/messages.ts';
import type { Outcome } from '../contract/outcomes.ts';
import { proposalOf } from '../contract/proposal.ts';
import { stages } from '../contract/stages.ts';
import type { StageVerdict } from '../contract/state.ts';
import { judges } from './judges.ts';
import { openRecord } from './record.ts';
import { acceptWithdrawal } from './withdrawal.ts';

export async function submission(input: SubmissionInput): Promise<{ outcome: Outcome | 'withdrawn' }> {
  const record = openRecord(input);
  const way = new CancellationScope();
  acceptWithdrawal(record, way);

  try {
    await way.run(() => judge(input, record));
  } catch (error) {
    if (record.conclusion?.kind !== 'withdrawn') throw concludeWith(error);
  }
  return { outcome: outcomeOf(record) };

  /** A failure is a conclusion too, and how the workflow ends. */
  function concludeWith(error: unknown): unknown {
    if (isCancellation(error)) {
      record.transition({ conclusion: { kind: 'withdrawn' } });
      return error;
    }
    // Anything else is a defect of ours: it fails the workflow task, and the fixed code goes on from here.
    if (!(error instanceof ActivityFailure)) return error;
    record.transition({ conclusion: { kind: 'failed', error: 'processing-failed' } });
    return ApplicationFailure.create({
      type: processingFailure,
      message: `The activity ${error.activityType} failed for good`,
      nonRetryable: true,
      cause: error,
    });
  }
}

async function judge(input: SubmissionInput, record: ReturnType<typeof openRecord>): Promise<void> {
  const verdicts: StageVerdict[] = [];
  const proposal = proposalOf(input.submission);

  for (const stage of stages) {
    record.transition({ stage, verdicts: [...verdicts] });

    const { policy } = input.rules.stages[stage];
    if (policy.after > 0) {
      await sleep(policy.after, { summary: `${stage}: time to withdraw before the verdict` });
    }

    const verdict = await judges[stage]({ proposal, rules: input.rules, verdicts });
    // Withdrawn in the same task that brought the verdict: what was asked first counts.
    if (record.conclusion) return;
    verdicts.push({ ...verdict, stage, decidedAt: new Date().toISOString() });
    if (verdict.outcome === 'rejected') return announce('rejected');
  }
  return announce('accepted');

  async function announce(outcome: Outcome): Promise<void> {
    const { disclosure, announcement } = input.rules;
    if (disclosure === 'until-announced') {
      record.transition({ verdicts: [...verdicts] });
      const left = announcement === undefined ? 0 : Date.parse(announcement) - Date.now();
      if (left > 0) await sleep(left, { summary: 'decided; the answer is kept back until the announcement' });
      if (record.conclusion) return;
    }
    record.transition({ verdicts: [...verdicts], conclusion: { kind: outcome } });
  }
}

function outcomeOf({ conclusion }: ReturnType<typeof openRecord>): Outcome | 'withdrawn' {
  if (conclusion === undefined || conclusion.kind === 'failed') throw new Error('The way ended without an outcome');
  return conclusion.kind;
}
