import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIds } from '../../api/ids.ts';
import { shortCodeOf, shortCodePattern, spokenCodePattern, writtenCode } from '../../contract/short-code.ts';
import { anId, idSecret } from '../support/fixtures.ts';

describe('a short code', () => {
  test('has eight letters that are not taken for others, and make no words', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (number) => {
        const code = shortCodeOf(number);

        expect(code).toMatch(shortCodePattern);
        expect(code).not.toMatch(/[AEILOUY0-9]/);
      }),
    );
  });

  test('uses every letter in every place', () => {
    const codes = Array.from({ length: 2_000 }, (_, seed) => createIds(idSecret).codeOf(anId(seed)));

    const places = [0, 1, 2, 3, 5, 6, 7, 8].map((place) => new Set(codes.map((code) => code.charAt(place))).size);

    expect(places).toEqual(places.map(() => 19));
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('is written alike, however it was spoken', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom('-', ' ', ''), (number, between) => {
        const code = shortCodeOf(number);
        const spoken = [code, code.toLowerCase()].map((text) => text.replace('-', between));

        expect(spoken.every((text) => spokenCodePattern.test(text))).toBe(true);
        expect(spoken.map(writtenCode)).toEqual([code, code]);
      }),
    );
  });

  test.each(['BCDF-GHJ', 'BCDF--GHJK', 'BCDFG-HJK', 'LCDF-GHJK', 'ACDF-GHJK', 'BCDF-GHJK\n', ''])(
    '%j is none',
    (text) => {
      expect(spokenCodePattern.test(text)).toBe(false);
    },
  );

  test('H11: is the same at every gateway with the secret, and another one with another secret', () => {
    const other = createIds('another-secret-of-32-characters-or-more');

    const codes = [createIds(idSecret), createIds(idSecret), other].map((ids) => ids.codeOf(anId(1)));

    expect(codes[0]).toBe(codes[1]);
    expect(codes[0]).not.toBe(codes[2]);
  });
});
