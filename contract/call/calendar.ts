import { Temporal } from 'temporal-polyfill';

/** Days are days of the calendar of a place; milliseconds are exact. */
export type Period = { days: number; milliseconds: number };

/** The instant that is so long after another one, where the clocks are those of this time zone. */
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
