import { z } from 'zod';
import { consequences } from '../findings.ts';
import { line } from '../text/text.ts';
import { knownLanguageOf, knownLanguages, problemOfLanguage } from './languages.ts';
import { policy } from './policies.ts';

/** `any`, or languages by the names that the detector has for them. */
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

export const moderationRules = z.strictObject({
  policy,
  languages: languages.describe('What descriptions are in, by ISO 639-1 codes (nb and nn are no), or `any`'),
  maxLinks: z.int().min(0),
  minWords: z.int().min(1).describe('Of the description'),
  allowedWords: z
    .array(line({ max: 80 }))
    .default([])
    .describe('Whole words that are no insult in this call'),
  checks: checks.prefault({}).describe('What comes of what a check finds, or suspects'),
});
