import { Temporal } from 'temporal-polyfill';

/** Days of the calendar, which may have 23 or 25 hours, and exact milliseconds. */
export type Period = { days: number; milliseconds: number };

export function laterBy(instant: string, period: Period, timeZone: string): string {
  return moved(instant, period, timeZone, 1);
}

export function earlierBy(instant: string, period: Period, timeZone: string): string {
  return moved(instant, period, timeZone, -1);
}

function moved(instant: string, { days, milliseconds }: Period, timeZone: string, sign: 1 | -1): string {
  const from = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const to = from.add({ days: sign * days }).add({ milliseconds: sign * milliseconds });
  return new Date(to.epochMilliseconds).toISOString();
}
