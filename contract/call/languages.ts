/** Languages that the moderation can detect, as ISO 639-1 codes. The detector isn't imported: its tables take 50 MB. */
export const knownLanguages: readonly string[] = `
  am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms
  nl no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh
`
  .trim()
  .split(/\s+/);

/** The detector doesn't distinguish the two standards of Norwegian. */
const sameAs: Partial<Record<string, string>> = { nb: 'no', nn: 'no' };

export function knownLanguageOf(code: string): string | undefined {
  const lower = code.toLowerCase();
  const name = sameAs[lower] ?? lower;
  return knownLanguages.find((known) => known === name);
}

/** The detector knows Serbian in Cyrillic and Punjabi in Gurmukhi only, and misreads their other scripts. */
const alsoReadAs: Partial<Record<string, string[]>> = { sr: ['hr', 'sl'], pa: ['ur'] };

export function readingsOf(language: string): string[] {
  return [language, ...(alsoReadAs[language] ?? [])];
}

/** Explains to the author of a call file why the code can't be used; `undefined` if it can. */
export function problemOfLanguage(code: string): string | undefined {
  if (knownLanguageOf(code) !== undefined) return undefined;
  if (code.toLowerCase() === 'any') return 'must not be in a list: write languages: any';
  const named = JSON.stringify(code.slice(0, 40));
  const language = knownLanguageOf(code.split(/[-_]/)[0] ?? '');
  if (language !== undefined)
    return `${named} must be ${language}: the region or script of a text can't be detected reliably`;
  return `${named} can't be detected. Known are ${knownLanguages.join(', ')}; for other languages, write languages: any`;
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

export function nameOfLanguage(code: string): string {
  return names.of(code) ?? code;
}
