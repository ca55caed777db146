/** Compares the records with the workflows and repairs them. Started by a schedule. */
import { proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';

export function reconcile() {
  return proxyActivities<ReturnType<typeof createActivities>>({
    summary: 'compare the records with the workflows',
    // A whole conference takes about a minute.
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    retry: { maximumAttempts: 3 },
  }).reconcile();
}
