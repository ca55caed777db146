import ms from 'ms';
import { z } from 'zod';
import { line, paragraphs } from './text.ts';

/** `3s`, `90m`, `14d`: written with a unit, kept in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, 'must be a whole number of up to 6 digits and a unit: ms, s, m, h or d')
  .transform((value) => ms(value as ms.StringValue))
  .pipe(z.int().min(0).describe('Milliseconds'));

/** An instant, with its offset, since a date without one means something else in each time zone. */
const instant = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with its offset, like 2027-03-01T00:00:00+01:00',
});

/** The verdict is reached by the service itself; `after` keeps it back, so that a speaker can still withdraw. */
const automatic = z.strictObject({
  kind: z.literal('automatic'),
  after: duration.default(0),
});

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

/** What a call decides of a submission's way. A submission keeps the rules it was started with (design, decision 6). */
export const callRules = z.strictObject({
  disclosure: disclosure.default('progress'),
  announcement: instant.optional().describe('When the outcomes are announced, if a date has been promised'),
  criteria: z.array(criterion).min(1).refine(haveUniqueIds, 'two criteria have the same id'),
  stages: z.strictObject({
    moderation: z.strictObject({
      policy: automatic,
      languages: z.array(z.string().regex(/^[a-z]{2}$/, 'must be an ISO 639-1 code, like en')).min(1),
      maxLinks: z.int().min(0),
      minWords: z.int().min(1),
      allowedWords: z.array(line({ max: 80 })).default([]),
    }),
    shortlisting: z.strictObject({ policy: automatic, floor: rating }),
    selection: z.strictObject({ policy: automatic, bar: rating }),
  }),
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
    name: line({ max: 120 }),
    contact: z.email(),
    opens: instant,
    closes: instant,
    tracks: names,
    formats: names,
    limits: z
      .strictObject({ submissionsPerSpeaker: z.int().min(1).optional() })
      .default({})
      .describe('How many talks one speaker (one e-mail address) may submit, if that is limited'),
    consents: z.array(consent).default([]).refine(haveUniqueIds, 'two consents have the same id'),
    ...callRules.shape,
  })
  .refine((call) => Date.parse(call.opens) < Date.parse(call.closes), {
    path: ['closes'],
    message: 'must be later than opens',
  })
  .refine(({ announcement, opens }) => announcement === undefined || Date.parse(opens) < Date.parse(announcement), {
    path: ['announcement'],
    message: 'must be later than opens',
  })
  .refine(({ disclosure, announcement }) => disclosure === 'progress' || announcement !== undefined, {
    path: ['announcement'],
    message: 'is required where answers are kept back until it (disclosure: until-announced)',
  });

/** The part of a call that goes with each of its submissions. */
export function rulesOf({ disclosure, announcement, criteria, stages }: Call): CallRules {
  return { disclosure, ...(announcement === undefined ? {} : { announcement }), criteria, stages };
}

export type Call = z.output<typeof callSchema>;
export type CallRules = z.output<typeof callRules>;
export type Disclosure = z.output<typeof disclosure>;
export type Criterion = z.output<typeof criterion>;
export type StageRules = CallRules['stages'];

function haveUniqueIds(list: readonly { id: string }[]): boolean {
  return new Set(list.map(({ id }) => id)).size === list.length;
}
