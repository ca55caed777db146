import { within } from '../../process/within.ts';
import { isUnreachable } from '../../store/unreachable.ts';

/** Milliseconds for the record: Temporal, and a command, have the rest of the time of an answer (contract H13, H16). */
export const recordPatience = 200;

/** What the database answers in time; `undefined` while it is out of reach. */
export async function onRecord<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  const answer = await within(recordPatience, asked).catch(unlessUnreachable);
  return answer?.isLate === false ? answer.value : undefined;
}

export function unlessUnreachable(error: unknown): undefined {
  if (!isUnreachable(error)) throw error;
}
