import { activityInfo, log } from '@temporalio/activity';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict, Verdict } from '../contract/state.ts';
import { deadlineIn, within } from '../process/deadline.ts';
import type { Store } from '../store/store.ts';

/** In milliseconds: less than the activity has. */
const recordTime = 4_000;

/**
 * The first verdict stands, however often this is tried. Without the database the submission goes on: the next write is
 * of the whole record.
 */
export function recordVerdict({ keepVerdict }: Pick<Store['records'], 'keepVerdict'>) {
  return async (record: SubmissionRecord, stage: Stage, judging: Promise<Verdict>): Promise<StageVerdict> => {
    const { workflowExecution, activityId, currentAttemptScheduledTimestampMs } = activityInfo();
    const key = `${workflowExecution?.workflowId}:${activityId}`;
    // By Temporal's clock, which is the workflow's as well.
    const decidedAt = new Date(currentAttemptScheduledTimestampMs).toISOString();
    const verdict = { ...(await judging), stage, decidedAt, number: record.state.revision + 1 };
    try {
      const kept = await within(deadlineIn(recordTime), keepVerdict(record, verdict, key));
      if (!kept.isLate) return kept.value;
      log.warn('the verdict is not on record yet: the database gave no answer in time');
    } catch (error) {
      log.warn('the verdict is not on record yet', { error });
    }
    return verdict;
  };
}
