import { phrases } from './insulting-phrases.ts';
import { alsoNames, beginnings, harmless, insults, masked, terms } from './insults.ts';

const words = /\p{L}+(?:['’-]\p{L}+)*/gu;

/** Finds the insults in an English text, in lower case, each once. @param allowed exceptions, in lower case */
export function findInsults(text: string, allowed: ReadonlySet<string> = new Set()): string[] {
  const written = text.replace(terms, ' ').match(words) ?? [];
  const found = [...written.filter((word) => isInsult(word, allowed)), ...(text.match(masked) ?? [])];
  const plain = plainOf(text);
  const matched = phrases.flatMap((phrase) => plain.match(phrase) ?? []).filter((phrase) => !allowed.has(phrase));
  return [...new Set([...found.map((word) => word.toLowerCase()), ...matched])];
}

function isInsult(word: string, allowed: ReadonlySet<string>): boolean {
  const whole = word.toLowerCase().replace(/['’]s$/, '');
  if (harmless.has(whole) || allowed.has(whole)) return false;
  // "Mother-fucker" is one word; of "ass-kicking", one part is enough.
  const parts = whole.includes('-') ? [whole, whole.replaceAll('-', ''), ...whole.split('-')] : [whole];
  return parts.some((part) => isListed(part) && !allowed.has(part) && !isName(word, part));
}

function isListed(word: string): boolean {
  return (insults.has(word) && !harmless.has(word)) || beginnings.test(word);
}

/** Capitalised like a name (Dick, Coons); `phrases` finds "Stupid Dicks!" all the same. */
function isName(written: string, word: string): boolean {
  return alsoNames.has(word) && /^\p{Lu}\p{Ll}/u.test(written);
}

function plainOf(text: string): string {
  const words = text
    .replace(terms, ' ')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/'(?=re\b)/g, ' a')
    .match(/[\p{L}\p{N}']+|[.!?;:\n]+|[,()"“”–—]+/gu);
  return ` . ${(words ?? []).map((word) => (/^[.!?;:\n]/.test(word) ? '.' : word.replace(/^[,()"“”–—]+$/, ','))).join(' ')} . `;
}
