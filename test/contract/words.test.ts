import { describe, expect, test } from 'vitest';
import { countDifferentWords, countWords, wordsOf } from '../../contract/text/words.ts';

describe('the words of a text', () => {
  test.each([
    ["Don't read node.js, 3.5 times!", ["don't", 'read', 'node.js', '3.5', 'times']],
    ['State-of-the-art C++ (naïve)', ['state', 'of', 'the', 'art', 'c', 'naïve']],
    ['심사 과정을 옮겼다', ['심사', '과정을', '옮겼다']],
    ['हिन्दी में می‌خواهم', ['हिन्दी', 'में', 'می‌خواهم']],
    ['長いカレーC', ['長', 'い', 'カ', 'レ', 'ー', 'c']],
    ['😀 👨‍👩‍👧 … — \u200d', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('are counted as two characters each in scripts without spaces', () => {
    expect([countWords('長い待ち時間 durable workflow'), countWords('é'), countWords('…')]).toEqual([5, 1, 0]);
    expect(countDifferentWords('again and again and again')).toBe(2);
  });
});
