import { z } from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being refused
const controlsInLine = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above, but tab, LF and CR may stay
const controlsInParagraphs = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

type Length = { min?: number; max: number };

/** One line of Unicode text: trimmed and in NFC, its length counted in code points. */
export const line = (length: Length) =>
  text(length, controlsInLine, 'must be a single line without control characters');

/** Text of several lines: trimmed and in NFC, its length counted in code points. */
export const paragraphs = (length: Length) => text(length, controlsInParagraphs, 'must not have control characters');

function text({ min = 1, max }: Length, forbidden: RegExp, whenForbidden: string) {
  return (
    z
      .string()
      .trim()
      .normalize('NFC')
      .refine((value) => value.isWellFormed(), 'must be well-formed Unicode, without lone surrogates')
      .refine((value) => !forbidden.test(value), whenForbidden)
      // In code points, as JSON Schema counts (zod's own min and max count UTF-16 units).
      .refine(
        (value) => codePoints(value) >= min,
        min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
      )
      .refine((value) => codePoints(value) <= max, `must have at most ${max} characters`)
      .meta({ minLength: min, maxLength: max })
  );
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}
