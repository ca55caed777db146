/** How a stage reaches its verdict. */
import ms from 'ms';
import { z } from 'zod';
import { longestWait, period } from './period.ts';

/** `3s`, `90m`, `14d`: written with a unit, kept in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, 'must be a whole number of up to 6 digits and a unit: ms, s, m, h or d')
  .transform((value) => ms(value as ms.StringValue))
  .pipe(z.int().min(0).max(longestWait, 'must be 3650 days at the most').describe('Milliseconds'));

/** The verdict is reached by the service itself; `after` keeps it back, so that a speaker can still withdraw. */
const automatic = z.strictObject({
  kind: z.literal('automatic'),
  after: duration.default(0),
});

/** People review, and one of the organisers decides. */
const panel = z.strictObject({
  kind: z.literal('panel'),
  quorum: z.int().min(1).max(50).describe('Reviews that a decision needs; abstentions count for none'),
  deadline: period.describe('From the moment that the submission comes to the stage'),
  reminders: z.array(period).max(10).default([]).describe('Before the deadline, to the organisers'),
  whenDue: z
    .enum(['automatic', 'escalate'])
    .describe(
      '`automatic`: the service reaches the verdict. `escalate`: the organisers are told, and it waits for them',
    ),
});

export const policy = z.discriminatedUnion('kind', [automatic, panel]);

export type PanelPolicy = z.output<typeof panel>;
