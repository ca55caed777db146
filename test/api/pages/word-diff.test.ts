import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDiff } from '../../../api/pages/edit/word-diff.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\n', 'longer')).map((words) => words.join(' '));

test('tells what became of a text, word by word', () => {
  expect(wordDiff('Ten years of cron jobs', 'Ten long years of jobs')).toEqual([
    { kind: 'same', text: 'Ten ' },
    { kind: 'added', text: 'long ' },
    { kind: 'same', text: 'years of ' },
    { kind: 'removed', text: 'cron ' },
    { kind: 'same', text: 'jobs' },
  ]);
});

test('both texts can be read from it, whatever they are', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after);
      const without = (kind: string) =>
        parts
          .filter((part) => part.kind !== kind)
          .map((part) => part.text)
          .join('');

      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
  );
});

test('takes no time for texts without a common word', () => {
  const many = (word: string) => Array.from({ length: 5_000 }, (_, at) => `${word}${at}`).join(' ');

  expect(wordDiff(many('a'), many('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
