import { z } from 'zod';
import { attendances } from '../attendance.ts';
import { checks, consequences } from '../findings.ts';
import { flags } from '../flags.ts';
import { outcomes } from '../outcomes.ts';
import { stages, submissionStages } from '../stages.ts';
import { submissionSchema } from '../submission.ts';
import { line, paragraphs } from '../text/text.ts';
import { personName, score, submissionId, utcInstant } from './fields.ts';

const sentence = line({ max: 1_000 });
const name = line({ max: 60 });

/** What a submission came to. */
export const conclusions = [...outcomes, 'withdrawn', 'failed'] as const;

/** What a stage may come to. */
export const verdicts = ['passed', 'rejected', 'waitlisted'] as const;

export const verdictSchema = z.strictObject({
  stage: z.enum(stages),
  outcome: z.enum(verdicts),
  reasons: z.array(z.strictObject({ code: name, detail: sentence })).max(100),
  findings: z
    .array(z.strictObject({ check: z.enum(checks), consequence: z.enum(consequences), detail: sentence }))
    .max(checks.length)
    .optional()
    .describe('What the moderation suspects, and what the call says comes of it: `reject` is why it was rejected'),
  ratings: z
    .array(z.strictObject({ criterion: name, rating: score, reason: sentence }))
    .max(100)
    .optional(),
  automaticScore: score
    .optional()
    .describe('Weighted mean of what the service has measured in the text: no person has said it'),
  panelScore: score.optional().describe("Mean of the reviews' scores, where people have reviewed it"),
  decidedAt: utcInstant,
  number: z.int().min(0).describe('Names it, to decide otherwise'),
  by: personName.optional().describe('Who decided it; without, it was the policy'),
  reason: paragraphs({ max: 1_000 }).optional(),
  override: z.literal(true).optional().describe('Decided without the quorum'),
  rank: z.int().min(1).max(10_000).optional().describe('On the waiting list'),
});

const { shape } = submissionSchema;

/**
 * What was submitted, as far as the role of the reader may see it. Its track and its format are those of its time: the
 * call's file may have others by now.
 */
const proposed = submissionSchema
  .extend({
    track: name,
    format: name,
    consents: z.record(name, name).optional(),
    speaker: shape.speaker.partial().optional(),
  })
  .meta({ id: undefined });

/** What was found, and nobody has confirmed: it keeps nobody away. */
const possibleConflictSchema = z.strictObject({
  person: personName,
  kind: z.literal('co-author').describe('Named beside one of the speakers, in another talk of the call'),
  others: z.array(submissionId).max(100).optional().describe('Those talks; not for the person that it is about'),
});

/** A submission as people see it who work on it: organisers see all, unless the call's file hides something. */
export const listedSubmissionSchema = z.strictObject({
  id: submissionId,
  createdAt: utcInstant,
  lastUpdatedAt: utcInstant.describe('Of what the speaker may see'),
  stage: z.enum(submissionStages),
  outcome: z.enum(conclusions).optional().describe('For organisers, once there is one, and the speaker may know it'),
  attendance: z.enum(attendances).optional().describe('For organisers, after an acceptance that is to be answered'),
  verdicts: z.array(verdictSchema).max(stages.length).optional().describe('For organisers'),
  panel: z
    .strictObject({
      stage: z.enum(stages),
      due: utcInstant.optional().describe('While it takes reviews'),
      reviews: z.int().min(0).max(500).describe('Those with scores, which a quorum counts'),
      abstentions: z.int().min(0).max(500).optional(),
      mean: score.optional(),
      median: score.optional(),
      standardDeviation: z.number().min(0).max(2).optional().describe('Of these reviews: 0 where all agree'),
    })
    .optional()
    .describe(
      "While people review it, and for organisers afterwards, too. The numbers are of the reviews' own scores; they are there for those who see the reviews",
    ),
  flags: z
    .array(z.strictObject({ flag: z.enum(flags), other: submissionId }))
    .max(100)
    .optional()
    .describe(
      'For organisers, what to look at: the other submission by the same speaker, or with nearly the same text, where they may see that one',
    ),
  possibleConflicts: z
    .array(possibleConflictSchema)
    .max(500)
    .optional()
    .describe(
      'Of interest, in lists and with the submission itself: for a reviewer their own, for an organiser those of anybody',
    ),
  submission: proposed,
});

export const submissionPageSchema = z.strictObject({
  items: z.array(listedSubmissionSchema).max(200),
  next: z.url().max(2_000).optional().describe('Where the next page is, if there is one'),
});

export type PossibleConflict = z.output<typeof possibleConflictSchema>;
export type ListedSubmission = z.output<typeof listedSubmissionSchema>;
