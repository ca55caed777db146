import { z } from 'zod';
import { type ModerationRules, moderate } from '../activities/moderate.ts';

/** `language`: an ISO 639 code. */
const talkSchema = z.object({ title: z.string(), description: z.string(), language: z.string().nullish() });

/** `share`: the percentage that is flagged or rejected. */
export type Figures = { language: string; talks: number; rejected: number; flagged: number; share: number };

/** The other rules find nothing. */
const wordsOnly: ModerationRules = {
  languages: 'any',
  minWords: 1,
  maxLinks: Number.MAX_SAFE_INTEGER,
  allowedWords: [],
  checks: { length: 'reject', links: 'reject', language: 'reject', words: 'flag' },
};

/** Nothing is referred. */
const atAnyTime = { now: '2026-11-01T12:00:00.000Z', timeZone: 'UTC' };

/** Counts the findings of the moderation by language, the most frequent language first. @param lines talks in JSON */
export async function moderationFigures(lines: readonly string[]): Promise<Figures[]> {
  const byLanguage = new Map<string, Omit<Figures, 'share'>>();
  for (const line of lines) {
    const { title, description, language } = talkSchema.parse(JSON.parse(line));
    const of = language ?? 'unknown';
    const figures = byLanguage.get(of) ?? { language: of, talks: 0, rejected: 0, flagged: 0 };
    const proposal = { title, description, track: '', format: '', bio: undefined };
    const { outcome, findings = [] } = await moderate(proposal, wordsOnly, atAnyTime);
    byLanguage.set(of, {
      language: of,
      talks: figures.talks + 1,
      rejected: figures.rejected + (outcome === 'rejected' ? 1 : 0),
      flagged: figures.flagged + (findings.length > 0 ? 1 : 0),
    });
  }
  return [...byLanguage.values()]
    .map((figures) => ({ ...figures, share: (100 * (figures.rejected + figures.flagged)) / figures.talks }))
    .sort((one, other) => other.talks - one.talks);
}

/** Of so few talks in a language, any number may be flagged. */
const fewTalks = 50;

/** Percentage of accepted talks that may be flagged. One is always allowed. */
const mostFlagged = 0.3;

export function isGood({ talks, rejected, flagged, share }: Figures): boolean {
  return rejected === 0 && (talks <= fewTalks || flagged <= 1 || share <= mostFlagged);
}
