import { z } from 'zod';
import { attendances } from '../attendance.ts';
import { outcomes, processingErrorCodes } from '../outcomes.ts';
import { publicStages } from '../stages.ts';
import { submissionId, utcInstant } from './fields.ts';
import { statuses } from './statuses.ts';

/**
 * The status document: all that a reader may ever learn of a submission (contract H1 to H4). It is an allow-list, and
 * it is strict: a snapshot with any other property is refused by the gateway, not passed on.
 */
export const statusDocumentSchema = z
  .strictObject({
    id: submissionId.describe('Opaque. Whoever holds it may read the status, and only that'),
    status: z
      .enum(statuses)
      .describe('The last three are final. A rejection is a success of the process; `Canceled` means withdrawn'),
    stage: z.enum(publicStages).describe('Where it is, or where it ended. It never goes back'),
    createdAt: utcInstant,
    lastUpdatedAt: utcInstant.describe('Of what is shown here'),
    // The snapshot of a submission that is years old counts the stages of its time.
    progress: z
      .strictObject({ completed: z.int().min(0).max(100), total: z.int().min(1).max(100) })
      .describe('Verdicts reached, of all there may be'),
    result: z
      .strictObject({
        outcome: z.enum(outcomes),
        attendance: z
          .enum(attendances)
          .optional()
          .describe('With `accepted`, where the call asks for it: whether the speaker will come'),
      })
      .optional()
      .describe('With `Succeeded`, it is final; with `Running`, `waitlisted` says that a place may come free'),
    error: z
      .strictObject({
        code: z.enum(processingErrorCodes),
        message: z
          .string()
          .max(200)
          .regex(/^[^\r\n]+$/),
      })
      .optional()
      .describe('With `Failed`: a stable code, and one sentence'),
  })
  .meta({ id: 'StatusDocument' });

/**
 * The answer to a submit: the status, and the capability to change it, which is told here only, and to no retry that
 * comes later than a day after (contract H12).
 */
export const submittedDocumentSchema = statusDocumentSchema
  .extend({
    speakerToken: z
      .string()
      .max(200)
      .regex(/^[a-z0-9-]+\.[A-Za-z0-9_-]+$/)
      .optional()
      .describe(
        'Keep it: it withdraws the submission. Only a retry within 24 hours is told it again, a later one the status alone',
      ),
  })
  .meta({ id: 'SubmittedDocument' });

export type StatusDocument = z.output<typeof statusDocumentSchema>;
