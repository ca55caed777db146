/** Characters that begin a formula, in their narrow, wide and small forms. */
const triggers = /[=+\-@＝＋－＠﹦﹢﹣﹫]/;

/** Characters after which a new cell may begin, with any separator. A text with a comma is quoted. */
const beginnings = /[;\t\r\n\v\f\u0085\u2028\u2029]/;

/** Characters allowed before a formula: programs drop them, or take them for the quotes of the cell. */
const ignored = /[\s"\p{Cc}\p{Cf}]/u;

/**
 * Puts an apostrophe wherever the text could begin a formula: at its start, and after a semicolon, tab or line break, which
 * start a new cell in spreadsheets whose separator isn't the comma.
 */
export function asSpreadsheetText(text: string): string {
  if (!triggers.test(text)) return text;
  let safe = '';
  let isBeginning = true;
  for (const character of text) {
    if (isBeginning && triggers.test(character)) safe += "'";
    isBeginning = beginnings.test(character) || (isBeginning && ignored.test(character));
    safe += character;
  }
  return safe;
}
