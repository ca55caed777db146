const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a text in lower case, by Unicode's word boundaries (UAX #29), without punctuation. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment.toLowerCase());
}
