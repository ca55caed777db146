import { z } from 'zod';
import { statusDocumentSchema } from '../contract/http/status.ts';

/**
 * The status document as a client reads it: a newer service may know more stages, outcomes and properties, and must not
 * break a client for it. The words of `status` are for ever (contract H1).
 */
export const statusSchema = z.looseObject({
  ...statusDocumentSchema.shape,
  id: z.string(),
  stage: z.string(),
  progress: z.looseObject({ completed: z.number(), total: z.number() }),
  result: z.looseObject({ outcome: z.string(), attendance: z.string().optional() }).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});

export type Status = z.output<typeof statusSchema>;

/** The answer to a submit, read in the same way: the token is for the service alone to understand (contract H12). */
export const submittedSchema = statusSchema.extend({ speakerToken: z.string().optional() });

export function isStatus(document: object): document is Status {
  return 'status' in document;
}
