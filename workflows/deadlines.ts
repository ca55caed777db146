import { earlierBy, type Period } from '../contract/call/calendar.ts';

/** The instants of the reminders before a deadline, the earliest first. */
function remindersOf(due: string, reminders: readonly Period[], timeZone: string): string[] {
  return reminders.map((period) => earlierBy(due, period, timeZone)).sort();
}

/** How many of them it is too late for. */
export function passedReminders(due: string, reminders: readonly Period[], timeZone: string): number {
  const now = new Date().toISOString();
  return remindersOf(due, reminders, timeZone).filter((at) => at <= now).length;
}

/** When the next one is; there is none after the last. */
export function nextReminder(
  { due, reminded }: { due: string; reminded: number },
  reminders: readonly Period[],
  timeZone: string,
): string | undefined {
  return remindersOf(due, reminders, timeZone)[reminded];
}
