import { activityInfo, log } from '@temporalio/activity';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict, Verdict } from '../contract/state.ts';
import { deadlineIn, within } from '../process/deadline.ts';
import type { Store } from '../store/store.ts';

/** In milliseconds: less than the activity has. */
const recordTime = 4_000;

/** Of several attempts, the first verdict counts. Without the database the submission goes on: each write is complete. */
export function recordVerdict({ keepVerdict }: Pick<Store['records'], 'keepVerdict'>) {
  return async (record: SubmissionRecord, stage: Stage, evaluation: Promise<Verdict>): Promise<StageVerdict> => {
    const { workflowExecution, activityId, currentAttemptScheduledTimestampMs } = activityInfo();
    const key = `${workflowExecution?.workflowId}:${activityId}`;
    // Temporal's clock, like the workflow's.
    const decidedAt = new Date(currentAttemptScheduledTimestampMs).toISOString();
    const verdict = { ...(await evaluation), stage, decidedAt, number: record.state.revision + 1 };
    try {
      const kept = await within(deadlineIn(recordTime), keepVerdict(record, verdict, key));
      if (!kept.isLate) return kept.value;
      log.warn('the verdict is not recorded yet: the database did not answer in time');
    } catch (error) {
      log.warn('the verdict is not recorded yet', { error });
    }
    return verdict;
  };
}
