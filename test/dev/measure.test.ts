import { expect, test } from 'vitest';
import { measureFile } from '../../dev/measure/measure-file.ts';
import { roomsOf } from '../../dev/measure/rooms.ts';

test('a file is measured by what the parser finds in it, not by what it looks like', () => {
  const text = [
    '/**',
    ' * Two lines more.',
    ' */',
    "export const url = 'https://example.org'; // not a line of its own",
    '',
    'export const [one, other] = [1 as const, url as unknown];',
    'export function first(value: any) {',
    '  // A comment.',
    '  return [value].map((any) => any!);',
    '}',
    'export type { Node } from "oxc-parser";',
    '',
  ].join('\n');

  const measures = measureFile('a.ts', text);

  expect(measures).toEqual({
    lines: 11,
    emptyLines: 1,
    commentLines: 4,
    exports: 4,
    anys: 1,
    casts: 2,
    functions: [4, 1],
  });
});

test('rooms are the folders, and files outside of one, with each pair of them once', () => {
  const imports = [
    ['api/http/one.ts', 'api/http/other.ts'],
    ['api/http/one.ts', 'store/store.ts'],
    ['api/app.ts', 'store/list.ts'],
    ['test/one.test.ts', 'api/app.ts'],
    ['worker.ts', 'store/list.ts'],
  ].map(([from = '', to = '']) => ({ from, to, isCyclic: false }));

  const [top, api] = [roomsOf(imports), roomsOf(imports, 'api/')];

  expect(top).toEqual({
    rooms: ['api', 'store', 'worker.ts'],
    pairs: [
      ['api', 'store'],
      ['worker.ts', 'store'],
    ],
  });
  expect(api).toEqual({ rooms: ['http'], pairs: [] });
});
