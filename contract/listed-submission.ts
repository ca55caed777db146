import { z } from 'zod';
import { flags } from './flags.ts';
import { outcomes } from './outcomes.ts';
import { stages } from './stages.ts';
import { submissionSchema } from './submission.ts';
import { submissionIdPattern } from './submission-id.ts';

const instant = z.iso.datetime().max(35);
const id = z.string().length(32).regex(submissionIdPattern);
const text = z.string().max(5_000);

/** Where a submission is, or where it ended, as organisers see it: `received` until a worker has taken it up. */
export const places = ['received', ...stages] as const;

/** What a submission came to. */
export const conclusions = [...outcomes, 'withdrawn', 'failed'] as const;

const verdict = z.strictObject({
  stage: z.enum(stages),
  outcome: z.enum(['passed', 'rejected']),
  reasons: z.array(z.strictObject({ code: text, detail: text })).max(100),
  ratings: z
    .array(z.strictObject({ criterion: text, rating: z.number().min(1).max(5), reason: text }))
    .max(100)
    .optional(),
  score: z.number().min(1).max(5).optional(),
  decidedAt: instant,
});

/** A submission as organisers see it: all of it. */
export const listedSubmissionSchema = z
  .strictObject({
    id,
    createdAt: instant,
    lastUpdatedAt: instant.describe('Of what the speaker may see'),
    stage: z.enum(places),
    outcome: z.enum(conclusions).optional().describe('Once there is one, and the speaker may know it'),
    verdicts: z.array(verdict).max(stages.length),
    flags: z
      .array(z.strictObject({ flag: z.enum(flags), other: id }))
      .max(100)
      .describe('What to look at: the other submission by the same speaker, or with nearly the same text'),
    submission: submissionSchema,
  })
  .meta({ id: 'ListedSubmission' });

export const submissionPageSchema = z
  .strictObject({
    items: z.array(listedSubmissionSchema).max(200),
    next: z.url().max(2_000).optional().describe('Where the next page is, if there is one'),
  })
  .meta({ id: 'SubmissionPage' });

export type ListedSubmission = z.output<typeof listedSubmissionSchema>;
