import { activityInfo } from '@temporalio/activity';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict, Verdict } from '../contract/state.ts';

export async function stamped(
  { state }: SubmissionRecord,
  stage: Stage,
  evaluation: Promise<Verdict>,
): Promise<StageVerdict> {
  // Temporal's clock, like the workflow's.
  const decidedAt = new Date(activityInfo().currentAttemptScheduledTimestampMs).toISOString();
  return { ...(await evaluation), stage, decidedAt, number: state.revision + 1 };
}
