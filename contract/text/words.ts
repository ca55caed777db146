/** Scripts without spaces between words. Only a dictionary could split them, which is slow and differs by version. */
const unspaced = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan', 'Javanese']
  .map((script) => `\\p{Script=${script}}`)
  .join('');

// Unambiguous repetitions: the time is linear in any text.
const word = new RegExp(
  [
    // Japanese's mark of a long vowel (ー) has no script.
    `[[${unspaced}ー]&&[\\p{L}\\p{N}]]\\p{M}*`,
    // Joiners are part of Persian and Indian words; "don't" and "node.js" are one word.
    `[[\\p{L}\\p{N}_]--[${unspaced}]](?:[[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d]--[${unspaced}]]|['’.](?=[\\p{L}\\p{N}]))*`,
  ].join('|'),
  'gv',
);

const isUnspaced = new RegExp(`^[${unspaced}ー]`, 'v');

/** The words in lower case, much like Unicode's (UAX #29). In scripts without spaces, each character is a word. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}

/** The mean length of a word in Chinese and Japanese. */
const charactersToAWord = 2;

export function countWords(text: string): number {
  return counted(wordsOf(text));
}

export function countDifferentWords(text: string): number {
  return counted([...new Set(wordsOf(text))]);
}

function counted(words: readonly string[]): number {
  const characters = words.filter((one) => isUnspaced.test(one)).length;
  return words.length - characters + Math.ceil(characters / charactersToAWord);
}
