import { z } from 'zod';
import { submissionId } from './fields.ts';

/** From the first answer on, the submission can't be read any more. */
export const erasureSchema = z.strictObject({
  id: submissionId,
  state: z
    .enum(['erased', 'erasing'])
    .describe('`erased`: nothing of it is left. `erasing`: Temporal is still deleting its copy'),
});
