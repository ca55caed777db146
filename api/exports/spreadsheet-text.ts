/** By which a spreadsheet knows a formula, in their narrow, wide and small forms. */
const triggers = /[=+\-@＝＋－＠﹦﹢﹣﹫]/;

/** Behind these a new cell may begin, whatever the spreadsheet's separator is; not behind a comma: such a cell is quoted. */
const beginnings = /[;\t\r\n\v\f\u0085\u2028\u2029]/;

/** What may stand before a formula: programs drop it, or take it for the quotes around a cell. */
const ignored = /[\s"\p{Cc}\p{Cf}]/u;

/**
 * A text as a cell that is no formula, and has none in it: wherever one would begin, an apostrophe makes a text of it. Also
 * behind a semicolon, a tab or the end of a line: there a spreadsheet begins a cell whose separator is not the comma.
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
