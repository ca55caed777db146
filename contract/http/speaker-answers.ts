import { z } from 'zod';

/** Keep it as a secret: whoever has it can act in the speaker's place (contract H12). */
export const speakerToken = z
  .string()
  .max(200)
  .regex(/^[a-z0-9-]+\.[A-Za-z0-9_.-]+$/);

export const tokenSchema = z.strictObject({ speakerToken });

export const proofSchema = z.strictObject({
  speakerToken: speakerToken
    .optional()
    .describe('For whoever has proved the address of the submission: to read, change and answer'),
});
