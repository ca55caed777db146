/** Sends the messages about one submission that were postponed, in their order, until none is pending. */
import { CancellationScope, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';
import { type DeliveryAbout, messagesQueue, wakeSignal } from '../contract/workflow/deliveries.ts';

const { deliver } = proxyActivities<ReturnType<typeof createActivities>>({
  taskQueue: messagesQueue,
  summary: 'attempts until nothing is pending; see its retries',
  // For several messages, each within its own limits.
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '5 seconds',
  // The next attempt to send is a retry of the activity, which leaves no trace in the history.
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  // An attempt that is under way ends by itself; the ledger keeps the next one off its message.
  cancellationType: 'TRY_CANCEL',
});

export async function delivery(about: DeliveryAbout): Promise<void> {
  let isWoken = false;
  let attempts: CancellationScope | undefined;
  setHandler(wakeSignal, () => {
    isWoken = true;
    attempts?.cancel();
  });
  for (;;) {
    isWoken = false;
    attempts = new CancellationScope();
    try {
      await attempts.run(() => deliver(about));
    } catch (error) {
      if (!isWoken) throw error;
    }
    if (!isWoken) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof delivery>(about);
  }
}
