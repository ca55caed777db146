import { CancellationScope, condition, sleep } from '@temporalio/workflow';

/** Waits until the condition is met, or for the given time. The summary is shown in the Web UI. */
export async function waitAtMost(milliseconds: number, summary: string, until: () => boolean): Promise<void> {
  if (milliseconds <= 0 || until()) return;
  const scope = new CancellationScope();
  try {
    await scope.run(() => Promise.race([sleep(milliseconds, { summary }), condition(until)]));
  } finally {
    // Cancels the one that is left: the timer or the condition.
    scope.cancel();
  }
}
