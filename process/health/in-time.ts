import { deadlineIn, within } from '../deadline.ts';
import { type Condition, down } from './condition.ts';

/** Milliseconds for a look at one part: a probe gives up after a second or more. */
export const lookTime = 800;

export async function inTime(look: () => Promise<Condition>): Promise<Condition> {
  try {
    const seen = await within(deadlineIn(lookTime), look());
    return seen.isLate ? down('no answer') : seen.value;
  } catch {
    return down('failing');
  }
}
