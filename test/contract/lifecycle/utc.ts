import type { CallRules } from '../../../contract/call/rules.ts';
import type { Dates } from '../../../contract/state.ts';
import { day } from './random-rules.ts';

/** Days of the calendar are those of UTC, which are quicker to count. */
export function datesFrom(
  from: number,
  { deadline, reminders }: Pick<NonNullable<CallRules['attendance']>, 'deadline' | 'reminders'>,
): Dates {
  const due = iso(from + deadline.days * day);
  return { due, reminders: remindersBefore(from, due, reminders) };
}

export function remindersBefore(from: number, due: string, periods: readonly { days: number }[]): string[] {
  const all = periods.map(({ days }) => iso(Date.parse(due) - days * day)).sort();
  return all.filter((at) => at > iso(from));
}

export function iso(clock: number): string {
  return new Date(clock).toISOString();
}
