import { type Deadline, deadlineIn } from '../../process/deadline.ts';

/** Milliseconds from a request to the waking: what the workers then do for an address isn't in the time of any answer. */
export const wakePause = 1_000;

/** Milliseconds. */
const wakeTime = 5_000;

/**
 * Has the requests for access answered, all that came in a second at once. What fails is left to the reconciler, which finds
 * the requests by themselves.
 */
export function createWakeAccess(wake: (deadline: Deadline) => Promise<unknown>, onFailure: (cause: unknown) => void) {
  let isComing = false;

  return (): void => {
    if (isComing) return;
    isComing = true;
    setTimeout(() => {
      isComing = false;
      wake(deadlineIn(wakeTime)).catch(onFailure);
    }, wakePause).unref();
  };
}
