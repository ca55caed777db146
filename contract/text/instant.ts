import { z } from 'zod';

/** An instant with its offset, in this century: Temporal's timers end after 100 years at the latest. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be a date and time with its offset, like 2027-03-01T00:00:00+01:00' })
  .regex(/^20/, 'must be in the years 2000 to 2099')
  .max(35, 'must have at most 35 characters')
  // zod drops the format from JSON Schema where there is a second pattern.
  .meta({ format: 'date-time' });
