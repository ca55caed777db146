const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian scripts, full-width forms and emoji take two columns (Unicode, UAX #11). */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Emoji_Presentation}\p{Regional_Indicator}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;

const halfWidthKatakana = /^[\uff61-\uffdc]/u;

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Columns of a terminal. */
export function textWidth(text: string): number {
  return [...graphemes.segment(text)].reduce((width, { segment }) => width + widthOf(segment), 0);
}

export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = '';
  let left = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    left -= widthOf(segment);
    if (left < 0) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** Keeps right-to-left text from reordering the text beside it (U+2068, U+2069). */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

function widthOf(grapheme: string): number {
  if (/^\p{M}+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) && !halfWidthKatakana.test(grapheme) ? 2 : 1;
}
