import { z } from 'zod';
import { answers } from '../attendance.ts';
import type { CallRules } from '../call/rules.ts';
import { stages } from '../stages.ts';
import { instant } from '../text/instant.ts';
import { line, paragraphs } from '../text/text.ts';
import { personName, submissionId } from './fields.ts';
import { verdicts } from './listed-submission.ts';

const reason = paragraphs({ max: 1_000 });
const note = paragraphs({ max: 2_000 });

const score = z.int('must be a whole number from 1 to 5').min(1).max(5).optional();

/** A review, on the criteria of a call. JSON Schema says `oneOf` for what can't be said of single properties. */
export function reviewRequestFor({ criteria }: Pick<CallRules, 'criteria'>) {
  const scores = z
    .strictObject(Object.fromEntries(criteria.map(({ id, question }) => [id, score.describe(question)])))
    .refine((given) => Object.keys(given).length > 0, 'must have at least one score')
    .meta({ minProperties: 1 });
  return z
    .strictObject({
      scores: scores.optional().describe("From 1 to 5, by the ids of the call's criteria"),
      abstains: z.literal(true).optional().describe('In place of scores'),
      note: note.optional().describe('For the committee'),
      feedback: note.optional().describe('For the speaker: it goes with the outcome'),
    })
    .refine(({ scores, abstains }) => (scores === undefined) === (abstains === true), {
      path: ['scores'],
      error: 'either scores or abstains is needed, and not both',
    })
    .meta({ oneOf: [{ required: ['scores'] }, { required: ['abstains'] }] });
}

export const conflictRequest = z.strictObject({
  person: personName
    .optional()
    .describe("For organisers: whose possible conflict is confirmed. One's own, if left out"),
  reason: reason.optional(),
});

export const decisionRequest = z
  .strictObject({
    stage: z.enum(stages).describe('The one that it is in: a decision that comes too late decides nothing else'),
    outcome: z.enum(verdicts).describe('`waitlisted` is for the last stage'),
    replaces: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('The number of the decision that stands, to decide otherwise'),
    reason: reason.optional(),
    override: z.literal(true).optional().describe('Without the quorum; it needs a reason'),
    rank: z.int().min(1).max(10_000).optional().describe('On the waiting list, from 1'),
  })
  .refine(({ override, reason }) => override === undefined || reason !== undefined, {
    path: ['reason'],
    error: 'is required to decide without the quorum',
  })
  .refine(({ rank, outcome }) => rank === undefined || outcome === 'waitlisted', {
    path: ['rank'],
    error: 'is for the waiting list only',
  })
  .meta({
    allOf: [
      { anyOf: [{ required: ['reason'] }, { not: { required: ['override'] } }] },
      { anyOf: [{ not: { required: ['rank'] } }, { properties: { outcome: { const: 'waitlisted' } } }] },
    ],
  });

export const deadlineRequest = z.strictObject({ due: instant, reason: reason.optional() });

export const attendanceRequest = z.strictObject({ attendance: z.enum(answers) });

export const reopeningRequest = z.strictObject({ reason });

const track = line({ max: 60 });

export const announcementRequest = z
  .strictObject({
    submissions: z.array(submissionId).min(1).max(1_000).optional().describe('By their ids'),
    filter: z
      .strictObject({ track: track.optional(), verdict: z.enum(verdicts).optional() })
      .optional()
      .describe('All that are decided so; `{}` for all'),
    at: instant.optional().describe('Not now, but then'),
    reason: reason.optional(),
  })
  .refine(({ submissions, filter }) => (submissions === undefined) !== (filter === undefined), {
    path: ['submissions'],
    error: 'either submissions or a filter is needed, and not both',
  })
  .meta({ oneOf: [{ required: ['submissions'] }, { required: ['filter'] }] });

export const closingRequest = z
  .strictObject({ force: z.literal(true).optional(), reason: reason.optional() })
  .refine(({ force, reason }) => force === undefined || reason !== undefined, {
    path: ['reason'],
    error: 'is required to close with answers undelivered',
  })
  .meta({ anyOf: [{ required: ['reason'] }, { not: { required: ['force'] } }] });

export const resolutionRequest = z.strictObject({
  resolution: z
    .enum(['resend', 'delivered', 'abandoned', 'bounced'])
    .describe('Send it again; or it did arrive; or nobody will; or it came back, as a mail server told you'),
  reason,
});
