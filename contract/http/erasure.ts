import { z } from 'zod';
import { submissionId } from './fields.ts';

/** What has become of an erasure. From its first answer on, nobody is told anything of the submission any more. */
export const erasureSchema = z.strictObject({
  id: submissionId,
  state: z
    .enum(['erased', 'erasing'])
    .describe('`erased`: nothing of it is left. `erasing`: Temporal still deletes its copy, and is asked until it has'),
});
