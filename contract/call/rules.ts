import { z } from 'zod';
import type { Templates } from '../mail/message-templates.ts';
import type { Stage } from '../stages.ts';
import { instant } from '../text/instant.ts';
import { line } from '../text/text.ts';
import { byOrganisers } from './announcing.ts';
import { criteria } from './criteria.ts';
import type { EditableField } from './editable-fields.ts';
import { moderationRules } from './moderation-rules.ts';
import { period, timeZone } from './period.ts';
import { policy } from './policies.ts';

const rating = z.number().min(1).max(5);

/** What a poller sees before the announcement: each stage and outcome (`progress`) or none (`until-announced`, H19). */
const disclosure = z.enum(['progress', 'until-announced']);

const attendance = z.strictObject({
  deadline: period.describe('To confirm or decline, counted from the acceptance'),
  reminders: z.array(period).max(10).default([]).describe('Before the deadline, to the speaker'),
  cancelUntil: instant
    .optional()
    .describe('Until when a speaker who has confirmed may cancel; organisers may always cancel for them'),
});

/** In the file, each stage under its name. */
const stageRules = z.strictObject({
  moderation: moderationRules,
  shortlisting: z.strictObject({ policy, floor: rating }),
  selection: z.strictObject({ policy, bar: rating }),
});

/** The rules of a call for its submissions. A submission keeps those that it was started with. */
export const callRules = z.strictObject({
  name: line({ max: 120 }),
  contact: z.email(),
  timeZone: timeZone.default('UTC').describe('In which days are counted and deadlines written'),
  disclosure: disclosure.default('progress'),
  announcement: z
    .union([instant, z.literal(byOrganisers)])
    .optional()
    .describe('When the outcomes are announced: a date, or `by-organisers` if they announce them themselves'),
  criteria,
  stages: stageRules,
  attendance: attendance.optional().describe('If given, accepted speakers are asked to confirm'),
  whenClosed: z
    .enum(['automatic', 'reject'])
    .default('reject')
    .describe('How submissions are decided that are undecided when the call is closed'),
});

export type StageRules = z.output<typeof stageRules>;

/** The rules of one stage, with its name. */
export type RulesOfStage = { [Name in Stage]: { stage: Name } & StageRules[Name] }[Stage];

/** `stages`: those of this submission, in their order. A later call may have others. */
export type CallRules = Omit<z.output<typeof callRules>, 'stages'> & {
  stages: RulesOfStage[];
  /** Absent in submissions of the time before: they can't be edited. */
  editsUntil?: string;
  editsAfterAcceptance: readonly EditableField[];
  texts?: Templates;
  /** More than that of one speaker are flagged. */
  submissionsPerSpeaker?: number;
};

export type Disclosure = z.output<typeof disclosure>;
