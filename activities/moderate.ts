import { LinkifyIt } from 'linkify-it';
import { nameOfLanguage, readingsOf } from '../contract/call/languages.ts';
import type { StageRules } from '../contract/call/rules.ts';
import { type Finding, rejecting } from '../contract/findings.ts';
import type { Verdict } from '../contract/state.ts';
import type { Proposal } from '../contract/submission.ts';
import { countDifferentWords, countWords } from '../contract/text/words.ts';
import { detectLanguages, type Passage } from './texts/detect-languages.ts';
import { findInsults } from './texts/find-insults.ts';

export type ModerationRules = Omit<StageRules['moderation'], 'policy'>;

/**
 * Looks for what a committee should not have to read. Each check says what it suspects, and the call what comes of it: most
 * often people see it, and decide. All that is found is said, not only the first.
 */
export async function moderate(proposal: Proposal, rules: ModerationRules): Promise<Verdict> {
  const passages = detectLanguages(proposal.description);
  const findings = [
    ...lengthOf(proposal, rules),
    ...linksOf(proposal, rules),
    ...languageOf(proposal, passages, rules),
    ...insultsIn(proposal, passages, rules),
  ];
  const refusing = rejecting(findings);
  if (findings.length === 0)
    return {
      outcome: 'passed',
      reasons: [{ code: 'no-objection', detail: 'Length, links, language and words are in order.' }],
    };
  const reasons =
    refusing.length > 0
      ? refusing.map(({ check, detail }) => ({ code: check, detail }))
      : [{ code: 'with-findings', detail: 'Nothing was found that the call rejects a submission for.' }];
  return { outcome: refusing.length > 0 ? 'rejected' : 'passed', reasons, findings };
}

function lengthOf({ description }: Proposal, { minWords, checks }: ModerationRules): Finding[] {
  const count = countWords(description);
  if (count >= minWords) return [];
  const detail = `The description has ${counted(count, 'word')}; the call asks for ${minWords} at least.`;
  return [{ check: 'length', consequence: checks.length, detail }];
}

// Only what is written as a link: a bare "main.rs" or "node.js" is a name, whatever top-level domains there are.
const linkFinder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false });

function linksOf({ title, description, bio = '' }: Proposal, { maxLinks, checks }: ModerationRules): Finding[] {
  const count = [title, description, bio].flatMap((text) => linkFinder.match(text) ?? []).length;
  if (count <= maxLinks) return [];
  const detail = `Title, description and biography have ${counted(count, 'link')}; the call takes ${maxLinks} at most.`;
  return [{ check: 'links', consequence: checks.links, detail }];
}

/** Below this many different words, names and jargon outweigh the language, and the detector guesses. */
const wordsToTellLanguage = 20;

/** From 0 to 1: how much less like each language of the call a text has to be than like its own, for it to be certain. */
const certainDistance = 0.2;

function languageOf(
  { description }: Proposal,
  passages: readonly Passage[],
  { languages, checks }: ModerationRules,
): Finding[] {
  if (languages === 'any' || countDifferentWords(description) < wordsToTellLanguage) return [];
  const taken = languages.flatMap(readingsOf);
  // One passage in a language of the call is enough; and who is in doubt takes the speaker's side.
  if (passages.some(({ language }) => language === '' || taken.includes(language))) return [];
  if (!passages.some(({ isReliable }) => isReliable)) return [];
  const isCertain = passages.every(({ isReliable, distanceTo }) => isReliable && distanceTo(taken) >= certainDistance);
  const read = [...new Set(passages.map(({ language }) => nameOfLanguage(language)))].join(', ');
  const asked = languages.map(nameOfLanguage).join(', ');
  const detail = `The description reads as ${read}; the call takes ${asked}.`;
  const consequence = checks.language === 'reject' && !isCertain ? 'flag' : checks.language;
  return [{ check: 'language', consequence, detail }];
}

/** More than a person needs to see what it is about. */
const mostNamed = 5;

/** Characters of it: a word may be as long as the text. */
const longestNamed = 40;

function insultsIn(
  { title, bio = '', notes = '' }: Proposal,
  description: readonly Passage[],
  { allowedWords, checks }: ModerationRules,
): Finding[] {
  const allowed = new Set(allowedWords.map((word) => word.toLowerCase()));
  const texts = Object.entries({
    title: detectLanguages(title),
    description,
    bio: detectLanguages(bio),
    notes: detectLanguages(notes),
  }).map(([field, passages]) => ({ field, passages }));
  const main = mainLanguage(texts.flatMap(({ passages }) => passages));
  const found = texts.flatMap(({ field, passages }) => {
    const insults = findInsults(englishOf(passages, main), allowed);
    const named = insults.slice(0, mostNamed).map((insult) => insult.slice(0, longestNamed));
    return insults.length === 0 ? [] : [`${field}: ${named.join(', ')}`];
  });
  if (found.length === 0) return [];
  const detail = `It may insult or offend; only a person can tell. Found in the ${found.join('; in the ')}.`;
  return [{ check: 'words', consequence: checks.words, detail }];
}

/** What of a text is in English. Too little to tell a language by is taken to be in that of all the rest. */
function englishOf(passages: readonly Passage[], main: string): string {
  return passages
    .map(({ text, language, isReliable }) => ((isReliable ? language : main) === 'en' ? text : '\n'))
    .join('');
}

/** That of most passages. */
function mainLanguage(passages: readonly Passage[]): string {
  const counts = new Map<string, number>();
  for (const { language } of passages) if (language !== '') counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
