import { z } from 'zod';

/** A problem document (RFC 9457). `errors` lists the errors in the request's content. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ detail: z.string(), pointer: z.string().describe('JSON Pointer (RFC 6901)') }))
      .optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;
