import { z } from 'zod';
import { longestWait, milliseconds, period } from './period.ts';

const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, 'must be a whole number of up to 6 digits and a unit: ms, s, m, h or d')
  .transform((value) => milliseconds(value))
  .pipe(z.int().min(0).max(longestWait, 'must be at most 3650 days').describe('Milliseconds'));

/** The service reaches the verdict; `after` delays it, so that the speaker can still withdraw. */
const automatic = z.strictObject({
  kind: z.literal('automatic'),
  after: duration.default(0),
});

const panel = z.strictObject({
  kind: z.literal('panel'),
  quorum: z.int().min(1).max(50).describe('Reviews required for a decision; abstentions do not count'),
  deadline: period.describe('Counted from the beginning of the stage'),
  reminders: z.array(period).max(10).default([]).describe('Before the deadline, to the organisers'),
  whenDue: z
    .enum(['automatic', 'escalate'])
    .describe(
      '`automatic`: the service reaches the verdict. `escalate`: the organisers are notified, and the stage waits for them',
    ),
});

export const policy = z.discriminatedUnion('kind', [automatic, panel]);
