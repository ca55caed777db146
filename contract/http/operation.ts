import { z } from 'zod';
import { line } from '../text/text.ts';
import { count, utcInstant } from './fields.ts';
import { statuses } from './statuses.ts';

/** What takes its time, for organisers: announcing, and closing the call. They have the shape of a status (contract H1). */
export const operationKinds = ['announcements', 'closings'] as const;

export type OperationKind = (typeof operationKinds)[number];

export const operationIdPattern = /^[0-9a-f]{32}$/;

export const operationSchema = z.strictObject({
  id: z.string().length(32).regex(operationIdPattern),
  status: z.enum(statuses),
  createdAt: utcInstant,
  lastUpdatedAt: utcInstant,
  at: utcInstant.optional().describe('When it begins, if that was said'),
  progress: z
    .strictObject({ completed: count, total: count })
    .describe(
      'Submissions that it has dealt with, of all that who started it may see. For others it is the operation itself: 0 or 1 of 1',
    ),
  result: z
    .strictObject({
      done: count.describe('Submissions that it has announced, or brought to their end'),
      skipped: count.describe(
        'Those that were announced, withdrawn or over before it came to them, or decided otherwise',
      ),
    })
    .optional()
    .describe('With `Succeeded`, for who started it'),
  error: z
    .strictObject({
      code: z.enum(['undelivered-answers', 'still-open', 'operation-failed']),
      message: line({ max: 200 }),
    })
    .optional()
    .describe('With `Failed`'),
});

export type Operation = z.output<typeof operationSchema>;
