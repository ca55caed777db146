import { type Deadline, within } from '../../process/deadline.ts';
import { isUnreachable } from '../../store/unreachable.ts';

/** Temporal, or a command, has the rest of the time. */
export const recordShare = 1 / 8;

/** `undefined` while the database is out of reach. */
export async function readRecord<Value>(reading: Promise<Value>, deadline: Deadline): Promise<Value | undefined> {
  const answer = await within(deadline.share(recordShare), reading).catch(unlessUnreachable);
  return answer?.isLate === false ? answer.value : undefined;
}

export function unlessUnreachable(error: unknown): undefined {
  if (!isUnreachable(error)) throw error;
}
