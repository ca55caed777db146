import { z } from 'zod';
import { line } from '../text/text.ts';
import { count, submissionId, utcInstant } from './fields.ts';
import { mostStuckNamed } from './most-stuck-named.ts';
import { statuses } from './statuses.ts';

/** Long-running work that an organiser starts. It is followed like the status of a submission (contract H1). */
export const operationKinds = ['announcements', 'closings'] as const;

export type OperationKind = (typeof operationKinds)[number];

export const operationIdPattern = /^[0-9a-f]{32}$/;

export const operationSchema = z.strictObject({
  id: z.string().length(32).regex(operationIdPattern),
  status: z.enum(statuses),
  createdAt: utcInstant,
  lastUpdatedAt: utcInstant,
  at: utcInstant.optional().describe('When it begins, if it was scheduled'),
  progress: z
    .strictObject({ completed: count, total: count })
    .describe(
      'Submissions processed, of those that the organiser who started it may see. Others see 0 or 1 of 1: the operation itself',
    ),
  result: z
    .strictObject({
      done: count.describe('Submissions that it has announced or ended'),
      skipped: count.describe('Submissions that had been announced or had ended already, or were decided otherwise'),
    })
    .optional()
    .describe('With `Succeeded` or `Failed`, for the organiser who started it'),
  error: z
    .strictObject({
      code: z.enum(['some-stuck', 'undelivered-answers', 'operation-failed']),
      message: line({ max: 200 }),
      submissions: z
        .array(submissionId)
        .max(mostStuckNamed)
        .optional()
        .describe('With `some-stuck`: those that it could not announce or end, as far as the reader may see them'),
    })
    .optional()
    .describe('With `Failed`'),
});

export type Operation = z.output<typeof operationSchema>;
