import { z } from 'zod';
import { whenReferralIsDue } from '../findings.ts';
import { line } from '../text/text.ts';
import { knownLanguageOf, knownLanguages, problemOfLanguage } from './languages.ts';
import { period } from './period.ts';
import { policy } from './policies.ts';

const languages = z
  .union([z.literal('any'), z.array(z.string()).min(1, 'must name at least one language, or be any')], {
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

const referral = z.strictObject({
  refer: z.strictObject({
    deadline: period,
    whenDue: z.enum(whenReferralIsDue),
  }),
});

const asReferral = '{ refer: { deadline: 3d, whenDue: pass } }, with whenDue pass or escalate';

const consequence = z
  .union([z.enum(['flag', 'reject']), referral], { error: `must be flag, reject or ${asReferral}` })
  .default('flag');

/** A list of words can't understand context, so `words` never rejects. */
const checks = z.strictObject({
  length: consequence,
  links: consequence,
  language: consequence,
  words: z
    .union([z.literal('flag'), referral], {
      error: `must be flag or ${asReferral}. A list of words can't tell an insult from a quotation or a name, so an organiser decides`,
    })
    .default('flag'),
});

export const moderationRules = z.strictObject({
  policy,
  languages: languages.describe('Languages of descriptions: ISO 639-1 codes (`no` for nb and nn), or `any`'),
  maxLinks: z.int().min(0),
  minWords: z.int().min(1).describe('In the description'),
  allowedWords: z
    .array(line({ max: 80 }))
    .default([])
    .describe('Whole words that are no insults in this call'),
  checks: checks.prefault({}).describe('The consequence of what a check finds. `refer`: an organiser judges it first'),
});
