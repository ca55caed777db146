/** The way of one submission, from received to its outcome: stages in order, and the first rejection ends it. */
import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { processingFailure } from '../contract/errors.ts';
import type { SubmissionInput } from '../contract/messages.ts';
import type { Outcome } from '../contract/outcomes.ts';
import { afterVerdict, decisionOf } from '../contract/record.ts';
import { type Stage, stages } from '../contract/stages.ts';
import { announce, judges } from './judges.ts';
import { type OpenRecord, openRecord } from './record.ts';
import { acceptWithdrawal } from './withdrawal.ts';

export async function submission(input: SubmissionInput): Promise<{ outcome: Outcome | 'withdrawn' }> {
  const record = openRecord(input);
  const way = new CancellationScope();
  acceptWithdrawal(record, way);

  let failure: unknown;
  try {
    await way.run(() => judge(input, record));
  } catch (error) {
    if (record.conclusion?.kind !== 'withdrawn') failure = concludeWith(error, record);
  }
  // Only now: what is on record is answered as the truth, and so the task that reached the conclusion has to be through.
  if (record.conclusion) await CancellationScope.nonCancellable(() => announce(record.asKept()));
  if (failure !== undefined) throw failure;
  return { outcome: outcomeOf(record) };
}

async function judge({ rules }: SubmissionInput, record: OpenRecord): Promise<void> {
  record.transition({ stage: stages[0] });
  for (let stage: Stage | undefined = stages[0]; stage; stage = stages[stages.indexOf(stage) + 1]) {
    const { policy } = rules.stages[stage];
    if (policy.after > 0) {
      await sleep(policy.after, { summary: `${stage}: time to withdraw before the verdict` });
    }

    const verdict = await judges[stage](record.asKept(), rules);
    // Withdrawn in the same task that brought the verdict: what was asked first counts.
    if (record.conclusion) return;
    const now = afterVerdict(record.state, verdict);
    const decision = decisionOf(now);
    if (decision) return decide(decision, now);
    record.transition(now);
  }

  async function decide(outcome: Outcome, now: ReturnType<typeof afterVerdict>): Promise<void> {
    const { disclosure, announcement } = rules;
    if (disclosure === 'until-announced') {
      record.transition(now);
      const left = announcement === undefined ? 0 : Date.parse(announcement) - Date.now();
      if (left > 0) await sleep(left, { summary: 'decided; the answer is kept back until the announcement' });
      if (record.conclusion) return;
    }
    record.transition({ ...now, conclusion: { kind: outcome } });
  }
}

/** A failure is a conclusion too, and how the workflow ends. */
function concludeWith(error: unknown, record: OpenRecord): unknown {
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

function outcomeOf({ conclusion }: OpenRecord): Outcome | 'withdrawn' {
  if (conclusion === undefined || conclusion.kind === 'failed') throw new Error('The way ended without an outcome');
  return conclusion.kind;
}
