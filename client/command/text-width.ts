const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Two columns: scripts of East Asia, their full-width forms, and emoji (Unicode, UAX #11). */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Emoji_Presentation}\p{Regional_Indicator}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;

const halfWidthKatakana = /^[\uff61-\uffdc]/u;

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Columns of a terminal that a line takes. */
export function textWidth(text: string): number {
  return [...graphemes.segment(text)].reduce((width, { segment }) => width + widthOf(segment), 0);
}

/** At most so many columns, with an ellipsis where something is cut. */
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

/** Keeps a text from right to left from moving what stands beside it (U+2068, U+2069). */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

function widthOf(grapheme: string): number {
  if (/^\p{M}+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) && !halfWidthKatakana.test(grapheme) ? 2 : 1;
}
