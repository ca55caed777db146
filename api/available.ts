import { isUnreachable } from '../store/unreachable.ts';
import { Refusal } from './refusal.ts';

/** What the database answers. @throws Refusal while it is out of reach */
export async function available<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (cause) {
    throw isUnreachable(cause) ? new Refusal('temporarily-unavailable', {}, { cause }) : cause;
  }
}
