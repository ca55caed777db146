import ms from 'ms';
import { z } from 'zod';
import { consequences } from '../findings.ts';
import type { Templates } from '../mail/message-templates.ts';
import { instant } from '../text/instant.ts';
import { line, paragraphs } from '../text/text.ts';
import { byOrganisers, isDate } from './announcing.ts';
import { knownLanguageOf, knownLanguages, problemOfLanguage } from './languages.ts';
import { longestWait, period, timeZone } from './period.ts';
import { veiledFields } from './visibility.ts';

/** `3s`, `90m`, `14d`: written with a unit, kept in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, 'must be a whole number of up to 6 digits and a unit: ms, s, m, h or d')
  .transform((value) => ms(value as ms.StringValue))
  .pipe(z.int().min(0).max(longestWait, 'must be 3650 days at the most').describe('Milliseconds'));

/** The verdict is reached by the service itself; `after` keeps it back, so that a speaker can still withdraw. */
const automatic = z.strictObject({
  kind: z.literal('automatic'),
  after: duration.default(0),
});

/** People review, and one of the organisers decides. */
const panel = z.strictObject({
  kind: z.literal('panel'),
  quorum: z.int().min(1).max(50).describe('Reviews that a decision needs; abstentions count for none'),
  deadline: period.describe('From the moment that the submission comes to the stage'),
  reminders: z.array(period).max(10).default([]).describe('Before the deadline, to the organisers'),
  whenDue: z
    .enum(['automatic', 'escalate'])
    .describe(
      '`automatic`: the service reaches the verdict. `escalate`: the organisers are told, and it waits for them',
    ),
});

const policy = z.discriminatedUnion('kind', [automatic, panel]);

const measure = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mentions'),
    phrases: z.array(line({ max: 80 })).min(1),
    enough: z.int().min(1),
  }),
  z.strictObject({ kind: z.literal('words'), enough: z.int().min(1) }),
  z.strictObject({
    kind: z.literal('given'),
    fields: z.array(z.enum(['bio', 'level', 'language', 'links', 'notes'])).min(1),
  }),
]);

/** One question of the rubric. It is rated from 1 to 5 and weighs what the organisers say. */
const criterion = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens'),
  question: line({ max: 200 }),
  weight: z.number().positive(),
  measure,
});

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

/** `any`, or languages by the names that the detector has for them. */
const languages = z
  .union([z.literal('any'), z.array(z.string()).min(1, 'must name a language at least, or be any')], {
    error: 'must be a list of ISO 639-1 codes, like [en, fr], or any',
  })
  .superRefine((codes, context) => {
    if (codes === 'any') return;
    for (const [at, code] of codes.entries()) {
      const message = problemOfLanguage(code);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [at], message });
    }
  })
  .transform((codes) => (codes === 'any' ? codes : [...new Set(codes.map((code) => knownLanguageOf(code) ?? code))]))
  .pipe(z.union([z.literal('any'), z.array(z.string().max(2)).min(1).max(knownLanguages.length)]));

const consequence = z.enum(consequences).default('flag');

/** What comes of what a check finds. Words depend on who says them to whom: no list can tell, and so none rejects. */
const checks = z.strictObject({
  length: consequence,
  links: consequence,
  language: consequence,
  words: z
    .enum(['flag', 'refer'], {
      error:
        'must be one of: flag, refer. No list of words can tell an insult from a quotation or a name: a person decides',
    })
    .default('flag'),
});

/** What a call decides of a submission's way. A submission keeps the rules it was started with (decision 7). */
export const callRules = z.strictObject({
  name: line({ max: 120 }),
  contact: z.email(),
  timeZone: timeZone.default('UTC').describe("Whose calendar the call's days are of"),
  disclosure: disclosure.default('progress'),
  announcement: z
    .union([instant, z.literal(byOrganisers)])
    .optional()
    .describe('When the outcomes are announced, if a date has been promised; or `by-organisers`, who say when'),
  criteria: z.array(criterion).min(1).refine(haveUniqueIds, 'two criteria have the same id'),
  stages: z.strictObject({
    moderation: z.strictObject({
      policy,
      languages: languages.describe('What descriptions are in, by ISO 639-1 codes (nb and nn are no), or `any`'),
      maxLinks: z.int().min(0),
      minWords: z.int().min(1).describe('Of the description'),
      allowedWords: z
        .array(line({ max: 80 }))
        .default([])
        .describe('Whole words that are no insult in this call'),
      checks: checks.prefault({}).describe('What comes of what a check finds, or suspects'),
    }),
    shortlisting: z.strictObject({ policy, floor: rating }),
    selection: z.strictObject({ policy, bar: rating }),
  }),
  attendance: attendance.optional().describe('Whether accepted speakers are asked to confirm, and until when'),
  whenClosed: z
    .enum(['automatic', 'reject'])
    .default('reject')
    .describe('What becomes of a submission that is not decided when the call is closed'),
});

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

/** The part of a call that goes with each of its submissions. */
export function rulesOf(call: Call): CallRules {
  const { name, contact, timeZone, disclosure, announcement, criteria, stages, attendance, whenClosed, texts } = call;
  return {
    ...{ name, contact, timeZone, disclosure, criteria, stages, whenClosed },
    ...(announcement === undefined ? {} : { announcement }),
    ...(attendance === undefined ? {} : { attendance }),
    ...(texts === undefined ? {} : { texts }),
  };
}

/** `texts`: those of the call's own templates, which take the place of the usual ones. */
export type Call = z.output<typeof callSchema> & { texts?: Templates };
export type CallRules = z.output<typeof callRules> & { texts?: Templates };
export type Disclosure = z.output<typeof disclosure>;
export type Criterion = z.output<typeof criterion>;
export type StageRules = CallRules['stages'];
export type PanelPolicy = z.output<typeof panel>;

function haveUniqueIds(list: readonly { id: string }[]): boolean {
  return new Set(list.map(({ id }) => id)).size === list.length;
}
