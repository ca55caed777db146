import { type Deadline, within } from '../../process/deadline.ts';
import { isUnreachable } from '../../store/unreachable.ts';

/** The rest of the time is for Temporal, or for a command. */
export const recordShare = 1 / 8;

/** `undefined` while the database is out of reach. */
export async function readRecord<Value>(reading: Promise<Value>, deadline: Deadline): Promise<Value | undefined> {
  const answer = await within(deadline.share(recordShare), reading).catch(unlessUnreachable);
  return answer?.isLate === false ? answer.value : undefined;
}

export function unlessUnreachable(error: unknown): undefined {
  if (!isUnreachable(error)) throw error;
}
