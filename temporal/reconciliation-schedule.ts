import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { reconciliation, taskQueue } from '../contract/workflow/workflow-ids.ts';

/** How often the records are compared with the workflows. A talk is on the organisers' list by then, at the latest. */
const interval = '5 minutes';

/** Makes the schedule, unless there is one: then it stays as operators have set it, paused or not. */
export async function ensureReconciliation(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: reconciliation,
      spec: { intervals: [{ every: interval }] },
      // One that takes longer than the interval is let through.
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: { type: 'startWorkflow', workflowType: reconciliation, workflowId: reconciliation, taskQueue },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
