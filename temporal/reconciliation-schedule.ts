import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { reconciliation, taskQueue } from '../contract/workflow/workflow-ids.ts';

/** A talk is on the organisers' list by then, at the latest. */
const interval = '5 minutes';

/** An existing schedule stays as operators have set it, paused or not. */
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
