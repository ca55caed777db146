import { type Conclusion, conclusionOf, isOnWaitlist } from './record.ts';
import type { SubmissionState } from './state.ts';

/** `on-waitlist`: the speaker was told to wait for a slot. */
export type Told = Conclusion['kind'] | 'on-waitlist';

/** What everybody was told about a submission. */
export function toldOf(state: Pick<SubmissionState, 'course'>): Told | undefined {
  return conclusionOf(state)?.kind ?? (isOnWaitlist(state) ? 'on-waitlist' : undefined);
}

/** Whoever waits for a slot may get one or none, leave, or be failed by the service; a rejection would break the promise. */
const afterWaiting: readonly (Told | undefined)[] = ['on-waitlist', 'accepted', 'waitlisted', 'withdrawn', 'failed'];

/** Whether something else may be told after it: an outcome never changes (contract H14). */
export function mayFollow(told: Told | undefined, next: Told | undefined): boolean {
  if (told === undefined) return true;
  return told === 'on-waitlist' ? afterWaiting.includes(next) : told === next;
}
