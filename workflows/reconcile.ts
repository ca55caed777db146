/** Holds the records against the workflows, and repairs what a lost write has left. A schedule starts it. */
import { proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';

export function reconcile() {
  return proxyActivities<ReturnType<typeof createActivities>>({
    summary: 'records against workflows',
    // A whole conference takes a minute or so; the next run begins anew.
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    retry: { maximumAttempts: 3 },
  }).reconcile();
}
