import { z } from 'zod';
import type { Templates } from '../mail/message-templates.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { instant } from '../text/instant.ts';
import { line, paragraphs } from '../text/text.ts';
import { isDate } from './announcing.ts';
import { type CallRules, callRules } from './rules.ts';
import { haveUniqueIds } from './unique-ids.ts';
import { veiledFields } from './visibility.ts';

const names = z
  .array(line({ max: 60 }))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'the same name twice');

const consent = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens'),
  version: line({ max: 40 }),
  text: paragraphs({ max: 5_000 }),
});

/** A call for speakers, as its file says it. The first format is the default one. */
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
        'How many talks one speaker (one e-mail address, however it is written) may submit, if that is limited',
      ),
    consents: z.array(consent).default([]).refine(haveUniqueIds, 'two consents have the same id'),
    shownTo: z
      .strictObject({
        reviewer: z.array(z.enum(veiledFields)).default([]),
        organiser: z.array(z.enum(veiledFields)).default([...veiledFields]),
      })
      .prefault({})
      .describe('Which of the fields that tell who the speaker is each role sees; what is not named is hidden'),
    organisersSeeReviews: z
      .enum(['at-once', 'after-own'])
      .default('at-once')
      .describe('`after-own`: as reviewers do, once their own is in, or once it is decided'),
    templates: line({ max: 1_000 }).optional().describe('Folder with texts for the speakers, beside this file'),
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
    message: 'is required where answers are kept back until it (disclosure: until-announced)',
  });

/** `texts`: those of the call's own templates, which take the place of the usual ones. */
export type Call = z.output<typeof callSchema> & { texts?: Templates };

/** The part of a call that goes with each of its submissions. */
export function rulesOf(call: Call): CallRules {
  const { name, contact, timeZone, disclosure, announcement, criteria, stages, attendance, whenClosed, texts } = call;
  return omitUndefined({
    name,
    contact,
    timeZone,
    disclosure,
    announcement,
    criteria,
    stages,
    attendance,
    whenClosed,
    texts,
  });
}
