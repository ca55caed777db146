import { CancellationScope, condition, sleep } from '@temporalio/workflow';

/** Waits for so many milliseconds, or until something is so. The summary says in the Web UI what for. */
export async function pause(milliseconds: number, summary: string, until: () => boolean): Promise<void> {
  if (milliseconds <= 0 || until()) return;
  const scope = new CancellationScope();
  try {
    await scope.run(() => Promise.race([sleep(milliseconds, { summary }), condition(until)]));
  } finally {
    // The timer that is not needed any more, or the look-out.
    scope.cancel();
  }
}
