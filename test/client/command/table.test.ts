import { describe, expect, test } from 'vitest';
import { type Column, tabbed, tableOf } from '../../../client/command/table.ts';
import { cutToWidth, textWidth } from '../../../client/command/text-width.ts';

type Row = { id: string; track: string; title: string };

const columns: Column<Row>[] = [
  { head: 'ID', of: ({ id }) => id },
  { head: 'TRACK', of: ({ track }) => track, isExtra: true },
  { head: 'TITLE', of: ({ title }) => title },
];
const aRow = (title: string): Row => ({ id: '1', track: 'web', title });

describe('the width of a text', () => {
  test.each([
    ['', 0],
    ['Ada', 3],
    ['naïve', 5],
    ['e\u0301', 1],
    ['日本', 4],
    ['한글', 4],
    ['ｱｲ', 2],
    ['🎉', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['👍🏽', 2],
    ['שלום', 4],
    ['—“”…', 4],
  ])('%j is %d', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  test.each([
    ['Ada Lovelace', 4, 'Ada…'],
    ['日本語', 4, '日…'],
    ['Ada', 3, 'Ada'],
  ])('%j in %d columns is cut to %j', (text, width, cut) => {
    expect(cutToWidth(text, width)).toBe(cut);
  });
});

describe('a table', () => {
  test('aligns scripts of one and of two columns', () => {
    const rows = [
      { id: '日本', track: 'web', title: 'One' },
      { id: '1', track: '🎉', title: 'Two' },
    ];

    expect(tableOf(rows, columns, 80)).toEqual(['ID    TRACK  TITLE', '日本  web    One', '1     🎉     Two']);
  });

  test('leaves extra columns out where it is narrow, then cuts the last', () => {
    const rows = [aRow('A title that is longer than a narrow terminal')];

    expect(tableOf(rows, columns, 30)).toEqual(['ID  TITLE', '1   A title that is longer th…']);
  });

  test('isolates a text from right to left', () => {
    const [, line] = tableOf([{ id: 'שלום', track: 'web', title: 'One' }], columns, 80);

    expect(line).toBe('\u2068שלום\u2069  web    One');
  });

  test('lets no title steer the terminal, or begin another row', () => {
    const hostile = aRow('one\u001b]0;title\u0007\u001b[2J\u202e\ntwo\tthree');

    expect(tableOf([hostile], columns, 80)[1]).toBe('1   web    one]0;title[2J two three');
    expect(tabbed(hostile, columns)).toBe('1\tweb\tone]0;title[2J two three');
  });
});
