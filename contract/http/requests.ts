import { z } from 'zod';
import { answers } from '../attendance.ts';
import type { CallRules } from '../call/rules.ts';
import { stages } from '../stages.ts';
import { email } from '../text/email.ts';
import { instant } from '../text/instant.ts';
import { line, paragraphs } from '../text/text.ts';
import { personName, submissionId } from './fields.ts';
import { verdicts } from './listed-submission.ts';

const reason = paragraphs({ max: 1_000 });
const note = paragraphs({ max: 2_000 });

const score = z.int('must be a whole number from 1 to 5').min(1).max(5).optional();

/** A review by the criteria of a call. What zod checks across properties, `meta` says in JSON Schema. */
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
      feedback: note.optional().describe('For the speaker: sent with the outcome'),
    })
    .refine(({ scores, abstains }) => (scores === undefined) === (abstains === true), {
      path: ['scores'],
      error: 'exactly one of scores and abstains is required',
    })
    .meta({ oneOf: [{ required: ['scores'] }, { required: ['abstains'] }] });
}

export const conflictRequest = z.strictObject({
  person: personName
    .optional()
    .describe("For organisers: whose possible conflict is confirmed. Default: the caller's own conflict is declared"),
  reason: reason.optional(),
});

export const decisionRequest = z
  .strictObject({
    stage: z
      .enum(stages)
      .describe("The submission's current stage, so that a late decision doesn't decide the next one"),
    outcome: z.enum(verdicts).describe('`waitlisted` is for the last stage'),
    replaces: z.int().min(1).max(1_000_000).optional().describe('The number of the decision to replace'),
    reason: reason.optional(),
    override: z.literal(true).optional().describe('Decide without the quorum; requires a reason'),
    rank: z.int().min(1).max(10_000).optional().describe('On the waiting list, from 1'),
  })
  .refine(({ override, reason }) => override === undefined || reason !== undefined, {
    path: ['reason'],
    error: 'is required to decide without the quorum',
  })
  .refine(({ rank, outcome }) => rank === undefined || outcome === 'waitlisted', {
    path: ['rank'],
    error: 'is allowed for the waiting list only',
  })
  .meta({
    allOf: [
      { anyOf: [{ required: ['reason'] }, { not: { required: ['override'] } }] },
      { anyOf: [{ not: { required: ['rank'] } }, { properties: { outcome: { const: 'waitlisted' } } }] },
    ],
  });

export const deadlineRequest = z.strictObject({ due: instant, reason: reason.optional() });

export const addressRequest = z.strictObject({ email, reason });
const processings = ['restart', 'end'] as const;

export const processingRequest = z.strictObject({
  processing: z
    .enum(processings)
    .describe('`restart`: its stage is judged again. `end`: it fails, and its speaker is told'),
  reason: reason.optional(),
});

export const attendanceRequest = z.strictObject({ attendance: z.enum(answers) });

export const handoverRequest = z.strictObject({ to: email.describe('The address of a co-speaker who has accepted') });

export const coSpeakerRequest = z.strictObject({ answer: z.enum(['accepted', 'declined']) });

export const remindersRequest = z.strictObject({ reminders: z.enum(['on', 'off']) });

export const proofRequest = z.strictObject({
  answer: z
    .enum(['mine', 'not-mine'])
    .describe(
      '`mine`: the address is proved. `not-mine`: the submission leaves the selection, and no more mail about it comes',
    ),
});

export const accessRequest = z.strictObject({
  email: email.describe('As it was given with the talks; another spelling of the same mailbox finds nothing'),
});

export const cancellationRequest = z.strictObject({ attendance: z.literal('canceled'), reason });

export const reopeningRequest = z.strictObject({ reason });

const track = line({ max: 60 });

export const announcementRequest = z
  .strictObject({
    submissions: z.array(submissionId).min(1).max(1_000).optional().describe('By their ids'),
    filter: z
      .strictObject({ track: track.optional(), verdict: z.enum(verdicts).optional() })
      .optional()
      .describe('All decided submissions that match; `{}` matches all'),
    at: instant.optional().describe('When to announce; now if absent'),
    reason: reason.optional(),
  })
  .refine(({ submissions, filter }) => (submissions === undefined) !== (filter === undefined), {
    path: ['submissions'],
    error: 'exactly one of submissions and filter is required',
  })
  .meta({ oneOf: [{ required: ['submissions'] }, { required: ['filter'] }] });

export const closingRequest = z
  .strictObject({ force: z.literal(true).optional(), reason: reason.optional() })
  .refine(({ force, reason }) => force === undefined || reason !== undefined, {
    path: ['reason'],
    error: 'is required to close with undelivered answers',
  })
  .meta({ anyOf: [{ required: ['reason'] }, { not: { required: ['force'] } }] });

export const resolutionRequest = z.strictObject({
  resolution: z
    .enum(['resend', 'delivered', 'abandoned', 'bounced'])
    .describe(
      '`resend`: send it again. `delivered`: it has arrived. `abandoned`: it will not be sent. `bounced`: a mail server returned it',
    ),
  reason,
});
