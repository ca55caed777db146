import { z } from 'zod';
import type { Templates } from '../mail/message-templates.ts';
import { instant } from '../text/instant.ts';
import { line } from '../text/text.ts';
import { byOrganisers } from './announcing.ts';
import { criteria } from './criteria.ts';
import { moderationRules } from './moderation-rules.ts';
import { period, timeZone } from './period.ts';
import { policy } from './policies.ts';

const rating = z.number().min(1).max(5);

/**
 * What a poller may know before the announcement: each stage and outcome as it comes (`progress`), or nothing of them
 * (`until-announced`, contract H19).
 */
const disclosure = z.enum(['progress', 'until-announced']);

const attendance = z.strictObject({
  deadline: period.describe('From the acceptance, to confirm or to decline'),
  reminders: z.array(period).max(10).default([]).describe('Before the deadline, to the speaker'),
});

/** What a call decides about a submission. A submission keeps the rules that it was started with. */
export const callRules = z.strictObject({
  name: line({ max: 120 }),
  contact: z.email(),
  timeZone: timeZone.default('UTC').describe("Whose calendar the call's days are of"),
  disclosure: disclosure.default('progress'),
  announcement: z
    .union([instant, z.literal(byOrganisers)])
    .optional()
    .describe('When the outcomes are announced, if a date has been promised; or `by-organisers`, who say when'),
  criteria,
  stages: z.strictObject({
    moderation: moderationRules,
    shortlisting: z.strictObject({ policy, floor: rating }),
    selection: z.strictObject({ policy, bar: rating }),
  }),
  attendance: attendance.optional().describe('Whether accepted speakers are asked to confirm, and until when'),
  whenClosed: z
    .enum(['automatic', 'reject'])
    .default('reject')
    .describe('What becomes of a submission that is not decided when the call is closed'),
});

export type CallRules = z.output<typeof callRules> & { texts?: Templates };
export type Disclosure = z.output<typeof disclosure>;
export type StageRules = CallRules['stages'];
