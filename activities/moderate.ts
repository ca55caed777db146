import { LinkifyIt } from 'linkify-it';
import { laterBy } from '../contract/call/calendar.ts';
import { nameOfLanguage, readingsOf } from '../contract/call/languages.ts';
import type { StageRules } from '../contract/call/rules.ts';
import { type Finding, rejecting } from '../contract/findings.ts';
import type { Judgement } from '../contract/lifecycle/steps.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { Proposal } from '../contract/submission.ts';
import { countDifferentWords, countWords } from '../contract/text/words.ts';
import { detectLanguages, type Passage } from './texts/detect-languages.ts';
import { findInsults } from './texts/find-insults.ts';

export type ModerationRules = Omit<StageRules['moderation'], 'policy'>;

/** Deadlines of referrals are counted from here. */
export type When = { now: string; timeZone: string };

type Checks = ModerationRules['checks'];

/** Looks for what a committee should not have to read. The call sets the consequence of each check's findings. */
export async function moderate(proposal: Proposal, rules: ModerationRules, when: When): Promise<Judgement> {
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
  if (refusing.length > 0) {
    const reasons = refusing.map(({ check, detail }) => ({ code: check, detail }));
    return { outcome: 'rejected', reasons, findings };
  }
  const reasons = [{ code: 'with-findings', detail: 'Nothing was found that the call rejects a submission for.' }];
  return omitUndefined({ outcome: 'passed' as const, reasons, findings, referral: referralOf(findings, rules, when) });
}

/** One for all that is referred: the earliest deadline, and nothing passes by itself if one of them doesn't. */
function referralOf(findings: Finding[], { checks }: ModerationRules, { now, timeZone }: When): Judgement['referral'] {
  const referred = findings.flatMap(({ check }) => {
    const consequence = checks[check];
    return typeof consequence === 'object' ? [consequence.refer] : [];
  });
  const [due] = referred.map(({ deadline }) => laterBy(now, deadline, timeZone)).sort();
  const mustWait = referred.some(({ whenDue }) => whenDue === 'escalate');
  return due === undefined ? undefined : { due, whenDue: mustWait ? 'escalate' : 'pass' };
}

function consequenceOf(consequence: Checks[keyof Checks]): Finding['consequence'] {
  return typeof consequence === 'object' ? 'refer' : consequence;
}

function lengthOf({ description }: Proposal, { minWords, checks }: ModerationRules): Finding[] {
  const count = countWords(description);
  if (count >= minWords) return [];
  const detail = `The description has ${counted(count, 'word')}; the call asks for at least ${minWords}.`;
  return [{ check: 'length', consequence: consequenceOf(checks.length), detail }];
}

// Only complete URLs: "main.rs" and "node.js" are names, although .rs is a top-level domain.
const linkFinder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false });

function linksOf({ title, description, bio = '' }: Proposal, { maxLinks, checks }: ModerationRules): Finding[] {
  const count = [title, description, bio].flatMap((text) => linkFinder.match(text) ?? []).length;
  if (count <= maxLinks) return [];
  const detail = `Title, description and biography have ${counted(count, 'link')}; the call allows at most ${maxLinks}.`;
  return [{ check: 'links', consequence: consequenceOf(checks.links), detail }];
}

/** With fewer different words, names and jargon mislead the detector. */
const wordsToTellLanguage = 20;

/** From 0 to 1: the distance from each language of the call at which another language is certain. */
const certainDistance = 0.2;

function languageOf(
  { description }: Proposal,
  passages: readonly Passage[],
  { languages, checks }: ModerationRules,
): Finding[] {
  if (languages === 'any' || countDifferentWords(description) < wordsToTellLanguage) return [];
  const taken = languages.flatMap(readingsOf);
  // One passage in a language of the call is enough, and doubts are in the speaker's favour.
  if (passages.some(({ language }) => language === '' || taken.includes(language))) return [];
  if (!passages.some(({ isReliable }) => isReliable)) return [];
  const isCertain = passages.every(({ isReliable, distanceTo }) => isReliable && distanceTo(taken) >= certainDistance);
  const read = [...new Set(passages.map(({ language }) => nameOfLanguage(language)))].join(', ');
  const asked = languages.map(nameOfLanguage).join(', ');
  const detail = `The description seems to be in ${read}; the call accepts ${asked}.`;
  const consequence = checks.language === 'reject' && !isCertain ? 'flag' : consequenceOf(checks.language);
  return [{ check: 'language', consequence, detail }];
}

const mostNamed = 5;

/** In characters: a word may be as long as the text. */
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
  const detail = `It may insult or offend: please check. Found in the ${found.join('; in the ')}.`;
  return [{ check: 'words', consequence: consequenceOf(checks.words), detail }];
}

/** Keeps the English passages. A passage whose language is uncertain counts as in the main language. */
function englishOf(passages: readonly Passage[], main: string): string {
  return passages
    .map(({ text, language, isReliable }) => ((isReliable ? language : main) === 'en' ? text : '\n'))
    .join('');
}

function mainLanguage(passages: readonly Passage[]): string {
  const counts = new Map<string, number>();
  for (const { language } of passages) if (language !== '') counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
