import { z } from 'zod';

/**
 * An instant that a person sets, with its offset, since a date without one means something else in each time zone. Of this
 * century: in UTC, the last hours of the year 9999 are in one that has five digits, and Temporal's timers end after 100
 * years, whatever they are set to.
 */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be a date and time with its offset, like 2027-03-01T00:00:00+01:00' })
  .regex(/^20/, 'must be in the years 2000 to 2099')
  .max(35, 'must have at most 35 characters')
  // With a second pattern beside its own, it would lose the name of its format.
  .meta({ format: 'date-time' });
