import { z } from 'zod';
import { stages } from '../stages.ts';
import { line, paragraphs } from '../text/text.ts';
import { laterVersion, personName, score, utcInstant } from './fields.ts';
import { listedSubmissionSchema } from './listed-submission.ts';

const text = paragraphs({ max: 2_000 });

export const reviewSchema = z.strictObject({
  stage: z.enum(stages),
  by: personName,
  at: utcInstant,
  scores: z.record(line({ max: 40 }), z.int().min(1).max(5)).optional(),
  score: score.optional().describe("Mean of the scores, weighted by the call's criteria"),
  abstains: z.literal(true).optional(),
  note: text.optional(),
  feedback: text.optional(),
  edition: laterVersion.optional().describe('Version of the text that it is about; absent for the first'),
  isStale: z.literal(true).optional().describe('The text that it is about has been edited since'),
});

export const submissionViewSchema = listedSubmissionSchema.extend({
  reviews: z
    .array(reviewSchema)
    .max(500)
    .describe(
      "The reader's own; those of others once the reader's own is in. Organisers see all, unless the call says otherwise",
    ),
});

export type SubmissionView = z.output<typeof submissionViewSchema>;
