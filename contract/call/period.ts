import ms from 'ms';
import { z } from 'zod';

/** Ten years in milliseconds. Temporal's timers end after 100 years at the latest. */
export const longestWait = ms('3650d');

/** Milliseconds of a text like `36h`, whose form was checked before. */
export const milliseconds = (text: string): number => ms(text as ms.StringValue);

/** `14d`, `36h`, `90s`. Days are days of the calendar in the call's time zone; the other units are exact. */
export const period = z
  .string()
  .regex(/^\d{1,6}(s|m|h|d)$/, 'must be a whole number of up to 6 digits and a unit: s, m, h or d')
  .transform((text) =>
    text.endsWith('d')
      ? { days: Number.parseInt(text, 10), milliseconds: 0 }
      : { days: 0, milliseconds: milliseconds(text) },
  )
  .pipe(
    z.strictObject({
      days: z.int().min(0).max(3_650, 'must be at most 3650 days'),
      milliseconds: z.int().min(0).max(longestWait, 'must be at most 3650 days'),
    }),
  );

export const timeZone = z.string().refine(isTimeZone, 'must be a time zone of the IANA database, like Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
