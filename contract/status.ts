import { z } from 'zod';
import { outcomes, processingErrorCodes } from './outcomes.ts';
import { publicStages } from './stages.ts';
import { parseSubmissionId } from './submission-id.ts';

const instant = z.iso.datetime();

/**
 * The status document: all that a reader may ever learn of a submission (contract H1 to H4). It is an allow-list, and
 * it is strict: a snapshot with any other property is refused by the gateway, not passed on.
 */
export const statusDocumentSchema = z
  .strictObject({
    id: z.string().refine((id) => parseSubmissionId(id) !== undefined),
    status: z.enum(['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled']),
    stage: z.enum(publicStages),
    createdAt: instant,
    lastUpdatedAt: instant,
    // The snapshot of a submission that is years old counts the stages of its time.
    progress: z.strictObject({ completed: z.int().min(0), total: z.int().min(1) }),
    result: z.strictObject({ outcome: z.enum(outcomes) }).optional(),
    error: z.strictObject({ code: z.enum(processingErrorCodes), message: z.string() }).optional(),
  })
  .meta({ id: 'StatusDocument' });

/** The answer to a submit: the status, and the capability to change it, which is told here only (contract H12). */
export const submittedDocumentSchema = statusDocumentSchema
  .extend({ speakerToken: z.string().describe('Keep it: it withdraws the submission, and is not told again') })
  .meta({ id: 'SubmittedDocument' });

export type StatusDocument = z.output<typeof statusDocumentSchema>;

/** Whether the document is final: it never changes again, and there is nothing left to poll for (contract H14). */
export function isTerminal({ status }: Pick<StatusDocument, 'status'>): boolean {
  return terminal[status];
}

const terminal = {
  NotStarted: false,
  Running: false,
  Succeeded: true,
  Failed: true,
  Canceled: true,
} satisfies Record<StatusDocument['status'], boolean>;
