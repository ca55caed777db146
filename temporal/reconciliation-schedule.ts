import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { reconciliation, taskQueue } from '../contract/workflow/workflow-ids.ts';

/** The longest time until a submission is in the organisers' list. */
const interval = '5 minutes';

/** Leaves an existing schedule as operators have set it, paused or not. */
export async function ensureReconciliation(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: reconciliation,
      spec: { intervals: [{ every: interval }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: { type: 'startWorkflow', workflowType: reconciliation, workflowId: reconciliation, taskQueue },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
