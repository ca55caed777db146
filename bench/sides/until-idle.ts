import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

/** Milliseconds between two counts; visibility lags behind by less. */
const interval = 500;

/** Waits until no submission is being processed any more. */
export async function untilIdle(client: Client): Promise<void> {
  for (;;) {
    await delay(interval);
    const { count } = await client.workflow.count("ExecutionStatus = 'Running' AND WorkflowType = 'submission'");
    if (count === 0) return;
  }
}
