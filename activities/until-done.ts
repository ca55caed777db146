import { setTimeout as delay } from 'node:timers/promises';
import { deadlineIn } from '../process/deadline.ts';

/** In milliseconds. */
const pause = 500;
const longest = 20_000;

/** Tries again for a while: if the result of an attempt to send were lost, nobody would know whether it was sent. */
export async function untilDone<Value>(write: () => Promise<Value>): Promise<Value> {
  const deadline = deadlineIn(longest);
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (deadline.left() === 0) throw error;
      await delay(pause);
    }
  }
}
