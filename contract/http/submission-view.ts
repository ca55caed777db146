import { z } from 'zod';
import { stages } from '../stages.ts';
import { line, paragraphs } from '../text/text.ts';
import { personName, score, utcInstant } from './fields.ts';
import { listedSubmissionSchema } from './listed-submission.ts';

const text = paragraphs({ max: 2_000 });

export const reviewSchema = z.strictObject({
  stage: z.enum(stages),
  by: personName,
  at: utcInstant,
  scores: z.record(line({ max: 40 }), z.int().min(1).max(5)).optional(),
  score: score.optional().describe("Mean of the scores, by the criteria's weights"),
  abstains: z.literal(true).optional(),
  note: text.optional(),
  feedback: text.optional(),
});

/** One submission, as a person may see it who reviews it or decides on it. */
export const submissionViewSchema = listedSubmissionSchema.extend({
  reviews: z
    .array(reviewSchema)
    .max(500)
    .describe(
      "One's own; those of the others once one's own is in. Organisers see all, unless the call says otherwise",
    ),
});

export type SubmissionView = z.output<typeof submissionViewSchema>;
