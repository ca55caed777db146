import { eld } from 'eld/small';
import { LinkifyIt } from 'linkify-it';
import { DataSet, englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';
import type { StageRules } from '../contract/call.ts';
import type { Reason, Verdict } from '../contract/state.ts';
import type { Proposal } from '../contract/submission.ts';
import { wordsOf } from '../contract/words.ts';

type Rules = Pick<StageRules['moderation'], 'languages' | 'maxLinks' | 'minWords' | 'allowedWords'>;

/** Refuses what no committee should have to read. All objections are named, not only the first. */
export async function moderate(proposal: Proposal, rules: Rules): Promise<Verdict> {
  const objections = [lengthOf, linksOf, profanityOf, languageOf].flatMap((check) => check(proposal, rules));
  return objections.length > 0
    ? { outcome: 'rejected', reasons: objections }
    : {
        outcome: 'passed',
        reasons: [{ code: 'no-objection', detail: 'Length, links, words and language are in order.' }],
      };
}

function lengthOf({ description }: Proposal, { minWords }: Rules): Reason[] {
  const count = wordsOf(description).length;
  return count >= minWords
    ? []
    : [{ code: 'too-short', detail: `The description has ${count} words; ${minWords} are asked for.` }];
}

// Only what is written as a link: a bare "main.rs" or "node.js" is a name, whatever top-level domains there are.
const linkFinder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false });

function linksOf({ title, description, bio }: Proposal, { maxLinks }: Rules): Reason[] {
  const count = textsOf(title, description, bio).flatMap((text) => linkFinder.match(text) ?? []).length;
  return count <= maxLinks
    ? []
    : [{ code: 'too-many-links', detail: `Title, description and bio have ${count} links; ${maxLinks} are allowed.` }];
}

function profanityOf({ title, description, bio, notes }: Proposal, { allowedWords }: Rules): Reason[] {
  const matcher = profanityMatcher(allowedWords);
  const found = textsOf(title, description, bio, notes).flatMap((text) => matcher.getAllMatches(text)).length;
  return found === 0
    ? []
    : [{ code: 'profanity', detail: `${found} words are on the list of profanities; the call can allow words.` }];
}

function profanityMatcher(allowedWords: readonly string[]) {
  const words = new DataSet<{ originalWord: string }>().addAll(englishDataset);
  for (const word of allowedWords) {
    words.addPhrase((phrase) => phrase.addWhitelistedTerm(word));
  }
  return new RegExpMatcher({ ...words.build(), ...englishRecommendedTransformers });
}

/** Below this many words, names and jargon outweigh the language, and the detector guesses. */
const wordsToTellLanguage = 20;

function languageOf({ description }: Proposal, { languages }: Rules): Reason[] {
  if (wordsOf(description).length < wordsToTellLanguage) return [];
  const detected = eld.detect(description);
  if (!detected.isReliable() || languages.includes(detected.language)) return [];
  return [
    {
      code: 'language',
      detail: `The description reads as "${detected.language}"; the call takes ${languages.join(', ')}.`,
    },
  ];
}

function textsOf(...texts: (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
