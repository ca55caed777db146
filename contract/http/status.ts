import { z } from 'zod';
import { attendances } from '../attendance.ts';
import { outcomes, processingErrorCodes } from '../outcomes.ts';
import { publicStages } from '../stages.ts';
import { submissionId, utcInstant } from './fields.ts';
import { statuses } from './statuses.ts';

/** The public status (contract H1 to H4). Strict, as an allow-list: a snapshot with any other property is refused. */
export const statusDocumentSchema = z
  .strictObject({
    id: submissionId.describe('Opaque. Whoever holds it may read the status, and only that'),
    status: z
      .enum(statuses)
      .describe('The last three are final. A rejection is `Succeeded` too; `Canceled` means withdrawn'),
    stage: z.enum(publicStages).describe('The current or last stage. It never goes back'),
    createdAt: utcInstant,
    lastUpdatedAt: utcInstant.describe('Last change of this document'),
    // Not literals: an old snapshot counts the stages of its time.
    progress: z
      .strictObject({ completed: z.int().min(0).max(100), total: z.int().min(1).max(100) })
      .describe('Stages with a verdict, of all stages'),
    result: z
      .strictObject({
        outcome: z.enum(outcomes),
        attendance: z
          .enum(attendances)
          .optional()
          .describe('With `accepted`, if the call asks for it: whether the speaker will come'),
      })
      .optional()
      .describe('Final with `Succeeded`. With `Running`, `waitlisted`: a slot may come free'),
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

/** The answer to a submit: the status, and the token to change the submission (contract H12). */
export const submittedDocumentSchema = statusDocumentSchema
  .extend({
    speakerToken: z
      .string()
      .max(200)
      .regex(/^[a-z0-9-]+\.[A-Za-z0-9_-]+$/)
      .optional()
      .describe('Keep it: it authorises withdrawal and attendance. Repeated only for a retry within 24 hours'),
  })
  .meta({ id: 'SubmittedDocument' });

export type StatusDocument = z.output<typeof statusDocumentSchema>;
