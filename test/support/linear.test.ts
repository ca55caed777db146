import { describe, expect, test } from 'vitest';
import { expectLinear } from './linear.ts';

const blanks = [{ beginning: 'a', unit: ' ', end: '!' }];

describe('the comparison of a text with its double', () => {
  test('finds a pattern that begins anew at each character', async () => {
    const squared = expectLinear((text) => text.replace(/ +$/, ''), blanks);

    await expect(squared).rejects.toThrow('characters');
  });

  test('lets through what reads each character once, however dear', async () => {
    await expectLinear((text) => {
      for (const character of text) character.repeat(20_000).includes('?');
    }, blanks);
  });

  test('lets through what was slow in two comparisons, and not in the third', async () => {
    const lookAndTwoComparisons = 1 + 2 * (5 + 5);
    let calls = 0;

    await expectLinear((text) => {
      if (text.length < 4_000) return;
      calls += 1;
      if (calls <= lookAndTwoComparisons) text.replace(/ +$/, '');
    }, blanks);

    expect(calls).toBeGreaterThan(lookAndTwoComparisons);
  });
});
