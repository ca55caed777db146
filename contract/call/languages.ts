/**
 * Languages that can be told from a text, by ISO 639-1 code: those that the detector of the moderation knows. A test compares
 * them with it; it is not loaded here, since its tables take some 50 MB of memory.
 */
export const knownLanguages = [
  ...['am', 'ar', 'az', 'be', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'gu'],
  ...['he', 'hi', 'hr', 'hu', 'hy', 'is', 'it', 'ja', 'ka', 'kn', 'ko', 'ku', 'lo', 'lt', 'lv', 'ml', 'mr', 'ms', 'nl'],
  ...['no', 'or', 'pa', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur'],
  ...['vi', 'yo', 'zh'],
] as const;

/** Both standards of Norwegian, which the detector doesn't tell apart. */
const sameAs: Partial<Record<string, string>> = { nb: 'no', nn: 'no' };

/** What a language is called by the detector, if it knows it. */
export function knownLanguageOf(code: string): string | undefined {
  const lower = code.toLowerCase();
  const name = sameAs[lower] ?? lower;
  return knownLanguages.find((known) => known === name);
}

/** The detector knows these in one of their scripts only (Serbian in Cyrillic, Punjabi in Gurmukhi), and misreads the other. */
const alsoReadAs: Partial<Record<string, string[]>> = { sr: ['hr', 'sl'], pa: ['ur'] };

/** What the detector may call a text in a language. */
export function readingsOf(language: string): string[] {
  return [language, ...(alsoReadAs[language] ?? [])];
}

/** What is wrong with it as a language that a call asks for, if anything is: who wrote it reads this. */
export function problemOfLanguage(code: string): string | undefined {
  if (knownLanguageOf(code) !== undefined) return undefined;
  if (code.toLowerCase() === 'any') return 'must stand alone, without a list: any';
  const named = JSON.stringify(code.slice(0, 40));
  const language = knownLanguageOf(code.split(/[-_]/)[0] ?? '');
  if (language !== undefined)
    return `${named} must be ${language}: a text does not tell its region or script for certain, so all are taken`;
  return `${named} can't be told from a text. There are ${knownLanguages.join(', ')}; without any of them: any`;
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** In English, as people read it: `fr` is French. */
export function nameOfLanguage(code: string): string {
  return names.of(code) ?? code;
}
