import { z } from 'zod';
import { type ModerationRules, moderate } from '../activities/moderate.ts';

/** What is read of a talk. `language`, an ISO 639 code, is what the talks are counted by. */
const talkSchema = z.object({ title: z.string(), description: z.string(), language: z.string().nullish() });

/** `share` is how many of 100 are flagged, or rejected. */
export type Figures = { language: string; talks: number; rejected: number; flagged: number; share: number };

/** Every rule that is about something else than words lets everything through. */
const wordsOnly: ModerationRules = {
  languages: 'any',
  minWords: 1,
  maxLinks: Number.MAX_SAFE_INTEGER,
  allowedWords: [],
  checks: { length: 'reject', links: 'reject', language: 'reject', words: 'flag' },
};

/** What the moderation makes of talks, each a line of JSON; those of most languages first. */
export async function judgeTalks(lines: readonly string[]): Promise<Figures[]> {
  const byLanguage = new Map<string, Omit<Figures, 'share'>>();
  for (const line of lines) {
    const { title, description, language } = talkSchema.parse(JSON.parse(line));
    const of = language ?? 'not said';
    const figures = byLanguage.get(of) ?? { language: of, talks: 0, rejected: 0, flagged: 0 };
    const proposal = { title, description, track: '', format: '', bio: undefined };
    const { outcome, findings = [] } = await moderate(proposal, wordsOnly);
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

/** Talks of a language below which one that is flagged says nothing. */
const fewTalks = 50;

/** Of 100 talks that conferences took, so many may be flagged; one is allowed in any case. */
const mostFlagged = 0.3;

/** What the moderation has to keep to, whatever the talks are. */
export function isGood({ talks, rejected, flagged, share }: Figures): boolean {
  return rejected === 0 && (talks <= fewTalks || flagged <= 1 || share <= mostFlagged);
}
