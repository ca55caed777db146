import { z } from 'zod';
import { attendances } from '../attendance.ts';
import { checks, consequences, whenReferralIsDue } from '../findings.ts';
import { flags } from '../flags.ts';
import { outcomes } from '../outcomes.ts';
import { awaited } from '../record.ts';
import { shortCodePattern } from '../short-code.ts';
import { stages, submissionStages } from '../stages.ts';
import { coSpeaker as coSpeakerSchema, submissionSchema } from '../submission.ts';
import { submissionLimits } from '../submission-limits.ts';
import { line, paragraphs } from '../text/text.ts';
import { laterVersion, personName, score, submissionId, utcInstant } from './fields.ts';

const sentence = line({ max: 1_000 });
const name = line({ max: 60 });

export const conclusions = [...outcomes, 'withdrawn', 'failed'] as const;

export const verdicts = ['passed', 'rejected', 'waitlisted'] as const;

const findings = z
  .array(z.strictObject({ check: z.enum(checks), consequence: z.enum(consequences), detail: sentence }))
  .max(checks.length);

export const verdictSchema = z.strictObject({
  stage: z.enum(stages),
  outcome: z.enum(verdicts),
  reasons: z.array(z.strictObject({ code: name, detail: sentence })).max(100),
  findings: findings
    .optional()
    .describe(
      'What the moderation suspects, and what follows by the rules of the call. `reject`: it was rejected for it',
    ),
  ratings: z
    .array(z.strictObject({ criterion: name, rating: score, reason: sentence }))
    .max(100)
    .optional(),
  automaticScore: score.optional().describe('Weighted mean of what the service has measured in the text'),
  panelScore: score.optional().describe("Mean of the reviews' scores, if there are reviews"),
  decidedAt: utcInstant,
  number: z.int().min(0).describe('Identifies the verdict in `replaces`'),
  by: personName.optional().describe('The organiser who decided; absent if the policy did'),
  reason: paragraphs({ max: 1_000 }).optional(),
  override: z.literal(true).optional().describe('Decided without the quorum'),
  rank: z.int().min(1).max(10_000).optional().describe('On the waiting list'),
});

const { shape } = submissionSchema;

export const proposed = submissionSchema
  .extend({
    track: name,
    format: name,
    consents: z.record(name, name).optional(),
    speaker: shape.speaker.partial().optional(),
    coSpeakers: z
      .array(coSpeakerSchema.extend({ answer: z.enum(['invited', 'accepted', 'declined']).optional() }))
      .max(submissionLimits.coSpeakers.maxItems)
      .optional()
      .describe('`answer`: of those who were invited, once the speaker has proved the address'),
  })
  .meta({ id: undefined });

/** Found by the service. It has no effect until an organiser confirms it. */
const possibleConflictSchema = z.strictObject({
  person: personName,
  kind: z.literal('co-author').describe('Shares another talk of the call with one of the speakers'),
  others: z.array(submissionId).max(100).optional().describe('Those talks; hidden from the person concerned'),
});

/** A submission as the committee sees it. Organisers see all, except what the call's file hides. */
export const listedSubmissionSchema = z.strictObject({
  id: submissionId,
  code: z
    .string()
    .max(9)
    .regex(shortCodePattern)
    .optional()
    .describe('For organisers: names it aloud, on the phone or in a chat; it opens nothing'),
  createdAt: utcInstant,
  edition: laterVersion
    .optional()
    .describe('Version of the text, counted by edits of what the reader sees; absent for the first'),
  lastUpdatedAt: utcInstant.describe('Last change of what the speaker may see'),
  stage: z.enum(submissionStages),
  outcome: z.enum(conclusions).optional().describe('For organisers, once the speaker may know it'),
  attendance: z.enum(attendances).optional().describe('For organisers, after an acceptance that asks for an answer'),
  verdicts: z.array(verdictSchema).max(stages.length).optional().describe('For organisers'),
  awaits: z.enum(awaited).optional().describe('For organisers. `isStuck`: the service gave up'),
  referral: z
    .strictObject({ due: utcInstant, whenDue: z.enum(whenReferralIsDue), findings })
    .optional()
    .describe('For organisers: findings to decide on'),
  isStuck: z.literal(true).optional(),
  panel: z
    .strictObject({
      stage: z.enum(stages),
      due: utcInstant.optional().describe('While the panel takes reviews'),
      reviews: z.int().min(0).max(500).describe('Reviews with scores: those that count towards the quorum'),
      abstentions: z.int().min(0).max(500).optional(),
      mean: score.optional(),
      median: score.optional(),
      standardDeviation: z.number().min(0).max(2).optional().describe('0 if all reviews agree'),
    })
    .optional()
    .describe(
      "During the review, and afterwards for organisers. The statistics are of the reviews' scores, and only for those who see the reviews",
    ),
  flags: z
    .array(z.strictObject({ flag: z.enum(flags), other: submissionId.optional() }))
    .max(100)
    .optional()
    .describe(
      'For organisers: other submissions by the same speaker, or with nearly the same text, if the reader may see them; and whether its speaker has submitted more than the call allows',
    ),
  possibleConflicts: z
    .array(possibleConflictSchema)
    .max(500)
    .optional()
    .describe("Possible conflicts of interest: a reviewer's own; for an organiser, everybody's"),
  submission: proposed,
});

export const submissionPageSchema = z.strictObject({
  items: z.array(listedSubmissionSchema).max(200),
  next: z.url().max(2_000).optional().describe('URL of the next page, if there is one'),
});

export type PossibleConflict = z.output<typeof possibleConflictSchema>;
export type ListedSubmission = z.output<typeof listedSubmissionSchema>;
