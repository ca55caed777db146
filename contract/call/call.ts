import { z } from 'zod';
import type { Templates } from '../mail/message-templates.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { instant } from '../text/instant.ts';
import { line, paragraphs } from '../text/text.ts';
import { isDate } from './announcing.ts';
import { editableFields } from './editable-fields.ts';
import { type CallRules, callRules } from './rules.ts';
import { haveUniqueIds } from './unique-ids.ts';
import { hideableFields } from './visibility.ts';

const names = z
  .array(line({ max: 60 }))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'the same name twice');

const consent = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens'),
  version: line({ max: 40 }),
  text: paragraphs({ max: 5_000 }),
});

/** The file of a call for speakers. The first format is the default. */
export const callSchema = z
  .strictObject({
    opens: instant,
    closes: instant,
    tracks: names,
    formats: names,
    limits: z
      .strictObject({ submissionsPerSpeaker: z.int().min(1).optional() })
      .default({})
      .describe(
        'How many talks one speaker (one mailbox, however its address is written) may submit; those over it are taken and flagged. Unlimited if absent',
      ),
    consents: z.array(consent).default([]).refine(haveUniqueIds, 'two consents have the same id'),
    shownTo: z
      .strictObject({
        reviewer: z.array(z.enum(hideableFields)).default([]),
        organiser: z.array(z.enum(hideableFields)).default([...hideableFields]),
      })
      .prefault({})
      .describe('The fields about the speaker that each role sees; those not listed are hidden'),
    organisersSeeReviews: z
      .enum(['at-once', 'after-own'])
      .default('at-once')
      .describe("`after-own`: like reviewers, after the organiser's own review or the decision"),
    edits: z
      .strictObject({ until: z.union([z.literal('closes'), instant]).default('closes') })
      .prefault({})
      .describe('Until when speakers may edit what they have submitted'),
    editsAfterAcceptance: z
      .array(z.enum(editableFields))
      .default(['title', 'description', 'speaker.name', 'speaker.bio'])
      .describe('What accepted speakers may edit for as long as they may cancel, whatever `edits` says'),
    templates: line({ max: 1_000 }).optional().describe('Folder of message templates, relative to this file'),
    ...callRules.shape,
  })
  .refine((call) => Date.parse(call.opens) < Date.parse(call.closes), {
    path: ['closes'],
    message: 'must be later than opens',
  })
  .refine(({ announcement, opens }) => !isDate(announcement) || Date.parse(opens) < Date.parse(announcement), {
    path: ['announcement'],
    message: 'must be later than opens',
  })
  .refine(({ disclosure, announcement }) => disclosure === 'progress' || announcement !== undefined, {
    path: ['announcement'],
    message: 'is required with disclosure: until-announced',
  });

export type Call = z.output<typeof callSchema> & { texts?: Templates };

export function rulesOf(call: Call): CallRules {
  const { name, contact, timeZone, disclosure, announcement, criteria, stages, attendance, whenClosed, texts } = call;
  const { editsAfterAcceptance, limits } = call;
  return omitUndefined({
    name,
    contact,
    timeZone,
    disclosure,
    announcement,
    criteria,
    stages: [
      { stage: 'moderation' as const, ...stages.moderation },
      { stage: 'shortlisting' as const, ...stages.shortlisting },
      { stage: 'selection' as const, ...stages.selection },
    ],
    attendance,
    whenClosed,
    editsUntil: editsUntil(call),
    editsAfterAcceptance,
    texts,
    submissionsPerSpeaker: limits.submissionsPerSpeaker,
  });
}

/** The instant from which a submission can't be edited as it could before. */
export const editsUntil = ({ edits, closes }: Pick<Call, 'edits' | 'closes'>): string =>
  edits.until === 'closes' ? closes : edits.until;
