import { earlierBy, type Period } from '../contract/call/calendar.ts';

function remindersOf(due: string, reminders: readonly Period[], timeZone: string): string[] {
  return reminders.map((period) => earlierBy(due, period, timeZone)).sort();
}

export function passedReminders(due: string, reminders: readonly Period[], timeZone: string): number {
  const now = new Date().toISOString();
  return remindersOf(due, reminders, timeZone).filter((at) => at <= now).length;
}

export function nextReminder(
  { due, reminded }: { due: string; reminded: number },
  reminders: readonly Period[],
  timeZone: string,
): string | undefined {
  return remindersOf(due, reminders, timeZone)[reminded];
}
