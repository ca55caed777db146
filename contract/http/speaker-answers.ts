import { z } from 'zod';
import { submissionSchema } from '../submission.ts';
import { line } from '../text/text.ts';
import { submissionId } from './fields.ts';
import { statusDocumentSchema } from './status.ts';

/** Keep it as a secret: whoever has it can act in the speaker's place (contract H12). */
const speakerToken = z
  .string()
  .max(200)
  .regex(/^[a-z0-9-]+\.[A-Za-z0-9_.-]+$/);

export const coSpeakerSchema = z.strictObject({
  name: line({ max: 120 }),
  invitedBy: line({ max: 120 }).describe('The main speaker'),
  title: line({ max: 200 }),
  answer: z.enum(['accepted', 'declined']).optional().describe('Absent until it is given'),
});

export const handoverSchema = z.strictObject({});

export const tokenSchema = z.strictObject({ speakerToken });

export const proofSchema = z.strictObject({
  speakerToken: speakerToken
    .optional()
    .describe('For whoever has proved the address of the submission: to read, change and answer'),
  wasProved: z.literal(true).optional().describe('It had been proved before: nothing was changed'),
});

/** The same for every address (contract H39). */
export const accessSchema = z.strictObject({});

export const talkSchema = z.strictObject({
  id: submissionId,
  title: submissionSchema.shape.title,
  status: statusDocumentSchema,
  isProved: z.boolean(),
  speakerToken: speakerToken.optional().describe('If the address is proved for it'),
  proofToken: speakerToken.optional().describe("If it isn't: to prove it"),
});

export const mostTalks = 100;

export const talksSchema = z.strictObject({
  items: z.array(talkSchema).max(mostTalks).describe('The newest first'),
});
