import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportFormats } from '../../../api/exports/exports.ts';
import { asSpreadsheetText } from '../../../api/exports/spreadsheet-text.ts';
import type { ListedSubmission } from '../../../contract/http/listed-submission.ts';
import { anId } from '../../support/fixtures.ts';

const at = '2026-11-01T12:00:00.000Z';

/** In each text that a person may have written. */
function listed(text: string): ListedSubmission {
  return {
    ...{ id: anId(1), createdAt: at, lastUpdatedAt: at, stage: 'selection' },
    panel: { stage: 'selection', reviews: 2, abstentions: 0, mean: 2.5, median: 2.5, standardDeviation: 0.5 },
    submission: {
      ...{ title: text, description: text, track: 'web', format: 'talk', language: 'en' },
      speaker: { name: text, email: 'ada@example.org', bio: text, country: text },
      coSpeakers: [
        { name: text, email: 'bob@example.org' },
        { name: text, email: 'eve@example.org' },
      ],
      ...{ links: ['https://example.org'], notes: text },
    },
  };
}

const fileOf = (...texts: string[]) => exportFormats.csv.head() + exportFormats.csv.rows(texts.map(listed));

/** As a spreadsheet reads it, that is not strict about quotes: with these separators, and a quote where a cell begins. */
function read(file: string, delimiter: string[]): string[][] {
  const options = { bom: true, delimiter, relax_quotes: true, relax_column_count: true };
  try {
    return parse(file, options);
  } catch {
    // A quote that was opened where this reader sees the beginning of a cell: it ends with the file.
    return parse(`${file}"`, options);
  }
}

const isFormula = (cell: string) => /^[\s"\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u.test(cell);

const formulas = [
  '=HYPERLINK("http://evil.example","x")',
  '+1+cmd|x!A0',
  '-2+3',
  '@SUM(1)',
  '＝1',
  '＋1',
  '－1',
  '＠x',
];
const befores = [
  '',
  ' ',
  '\t',
  ';',
  ' ; ',
  '\n',
  '\r\n',
  '"',
  '""',
  '\ufeff',
  '\u200b',
  'a;',
  'a\t',
  'a;"',
  'a\n"',
  'a;\t"',
];
const hostile = befores.flatMap((before) => formulas.map((formula) => `${before}${formula}`));

const separators = [[','], [';'], ['\t'], [',', ';', '\t']].map((delimiter) => ({ delimiter }));

describe.each(separators)('a spreadsheet with $delimiter between its cells', ({ delimiter }) => {
  const hasFormula = (...texts: string[]) =>
    read(fileOf(...texts), delimiter)
      .flat()
      .some(isFormula);

  test('finds no formula, behind whatever it stands', () => {
    expect(hostile.filter((text) => hasFormula(text, text))).toEqual([]);
  });

  test('finds none in any text, however it was put together', () => {
    const piece = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      '"',
      '""',
      "'",
      ';',
      '\t',
      '\n',
      '\r',
      ',',
      ' ',
      'a',
      '\u2028',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join('');

        expect(
          read(fileOf(text, 'b', text), delimiter)
            .flat()
            .filter(isFormula),
        ).toEqual([]);
      }),
    );
  });
});

test('whatever a reader makes of quotes, no piece between two separators begins a formula', () => {
  const file = fileOf(...hostile);

  const pieces = file.split(/[;\t\r\n]/).map((piece) => piece.replace(/^[\s"]+/, ''));

  expect(pieces.filter(isFormula)).toEqual([]);
});

describe('a file', () => {
  test('has texts without a formula, numbers and dates as they are', () => {
    const text = 'Costs 5 - 3 = 2; a+b\tc@example.org, "quoted" – é 編程';

    const [head = [], row = []] = read(fileOf(text), [',']);

    const cells = Object.fromEntries(head.map((name, index) => [name, row[index]]));
    expect(cells).toMatchObject({
      createdAt: at,
      panelMean: '2.5',
      panelStandardDeviation: '0.5',
      title: text,
      notes: text,
    });
  });

  test('of JSON lines has every text as it is', () => {
    const rows = exportFormats.jsonl.rows(hostile.map(listed)).trimEnd().split('\n');

    expect(rows.map((row) => JSON.parse(row).submission.title)).toEqual(hostile);
  });

  test.each([
    ['=1', "'=1"],
    ['a;=1', "a;'=1"],
    ['one\n two\n -three', "one\n two\n '-three"],
    ['a-b; c-d', 'a-b; c-d'],
  ])('keeps all of a text beside the apostrophe: %j is %j', (text, safe) => {
    expect(asSpreadsheetText(text)).toBe(safe);
  });
});
