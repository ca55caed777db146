/** Scripts that put no spaces between words. Where a word ends only a dictionary knows, which takes time and differs by version. */
const unspaced = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan', 'Javanese']
  .map((script) => `\\p{Script=${script}}`)
  .join('');

// Each repetition has one way to match only: the time is linear in any text.
const word = new RegExp(
  [
    // The mark of a long vowel, in Japanese, is of no script.
    `[[${unspaced}ー]&&[\\p{L}\\p{N}]]\\p{M}*`,
    // Joiners are within words of Persian and of Indian languages; "don't" and "node.js" are one word.
    `[[\\p{L}\\p{N}_]--[${unspaced}]](?:[[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d]--[${unspaced}]]|['’.](?=[\\p{L}\\p{N}]))*`,
  ].join('|'),
  'gv',
);

const isUnspaced = new RegExp(`^[${unspaced}ー]`, 'v');

/**
 * The words of a text in lower case, without punctuation, much as Unicode's word boundaries have them (UAX #29), in linear
 * time. In scripts that are written without spaces, each character is one.
 */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}

/** Characters of a script without spaces that are counted as one word: about as long as words of Chinese and Japanese are. */
const charactersToAWord = 2;

/** How many words a text has; in scripts that are written without spaces, each two characters are counted as one. */
export function countWords(text: string): number {
  return counted(wordsOf(text));
}

/** The same, each word counted once, however often it is said. */
export function countDifferentWords(text: string): number {
  return counted([...new Set(wordsOf(text))]);
}

function counted(words: readonly string[]): number {
  const characters = words.filter((one) => isUnspaced.test(one)).length;
  return words.length - characters + Math.ceil(characters / charactersToAWord);
}
