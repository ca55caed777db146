import { earlierBy, laterBy, type Period } from '../contract/call/calendar.ts';
import type { Dates } from '../contract/state.ts';

/** A deadline counted from an instant, and its reminders to come. */
export function datesFrom(
  from: string,
  { deadline, reminders }: { deadline: Period; reminders: readonly Period[] },
  timeZone: string,
): Dates {
  return remindersBefore(from, laterBy(from, deadline, timeZone), reminders, timeZone);
}

/** Reminders that would have been due already are left out. */
export function remindersBefore(
  now: string,
  due: string,
  reminders: readonly Period[],
  timeZone: string,
): Required<Dates> {
  const all = reminders.map((period) => earlierBy(due, period, timeZone)).sort();
  return { due, reminders: all.filter((at) => at > now) };
}
