import { z } from 'zod';
import { byOrganisers } from '../call/announcing.ts';
import { type Call, editsUntil } from '../call/call.ts';
import { editableFields } from '../call/editable-fields.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { stages } from '../stages.ts';
import { levels, submissionLimits } from '../submission-limits.ts';
import { instant } from '../text/instant.ts';

const limits = z.strictObject({
  minCharacters: z.int().optional().describe('Visible ones'),
  maxCharacters: z.int().optional().describe('Code points; a line end counts once'),
  maxItems: z.int().optional(),
});

/** The call as everyone may know it: enough to build a form from (contract H41). */
export const publicCallSchema = z.strictObject({
  name: z.string(),
  contact: z.string().describe('An e-mail address'),
  timeZone: z.string().describe('Of the IANA database: the one to write dates in'),
  opens: instant,
  closes: instant,
  announcement: z
    .union([instant, z.literal(byOrganisers)])
    .optional()
    .describe(
      'When answers come: at this instant, or when the organisers announce them (`by-organisers`). If absent, each comes as soon as it is decided',
    ),
  disclosure: z
    .enum(['progress', 'until-announced'])
    .describe('What a status tells before the announcement: each stage, or none'),
  tracks: z.array(z.string()),
  formats: z.array(z.string()).describe('The first is the default'),
  levels: z.array(z.enum(levels)),
  limits: z.record(z.string(), limits).describe('By field; those of `coSpeakers.name` and `links` are for each entry'),
  consents: z
    .array(z.strictObject({ id: z.string(), version: z.string(), text: z.string() }))
    .describe('A submission names the version of each'),
  criteria: z
    .array(z.strictObject({ id: z.string(), question: z.string() }))
    .describe('The questions that talks are judged by'),
  stages: z
    .array(z.strictObject({ stage: z.enum(stages), by: z.enum(['people', 'automatic']) }))
    .describe('In their order, and who reaches their verdicts'),
  edits: z.strictObject({
    until: instant.describe('Everything may be edited before'),
    afterAcceptance: z
      .array(z.enum(editableFields))
      .describe('What accepted speakers may edit for as long as they may cancel'),
  }),
  attendance: z
    .strictObject({ cancelUntil: instant.optional() })
    .optional()
    .describe('Present if accepted speakers are asked to confirm, and until when they may cancel after that'),
});

export type PublicCall = z.output<typeof publicCallSchema>;

export function publicCall(call: Call): PublicCall {
  const { name, contact, timeZone, opens, closes, announcement, disclosure, tracks, formats, consents } = call;
  return omitUndefined({
    ...{ name, contact, timeZone, opens, closes, announcement, disclosure, tracks, formats },
    levels: [...levels],
    limits: submissionLimits,
    consents,
    criteria: call.criteria.map(({ id, question }) => ({ id, question })),
    stages: stages.map((stage) => ({
      stage,
      by: call.stages[stage].policy.kind === 'panel' ? ('people' as const) : ('automatic' as const),
    })),
    edits: { until: editsUntil(call), afterAcceptance: [...call.editsAfterAcceptance] },
    attendance: call.attendance && omitUndefined({ cancelUntil: call.attendance.cancelUntil }),
  });
}
