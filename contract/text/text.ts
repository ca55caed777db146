import { z } from 'zod';

/**
 * What String.prototype.trim() takes away. As characters of a class, spelled out: `\s` and `\p{…}` mean something else,
 * or nothing, in the other languages that read our patterns.
 */
export const whiteSpace =
  '\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
/**
 * Embeddings, overrides and isolates: one that is left open turns whatever stands beside it, in a subject, a notice or a
 * list. A single line needs none of them; paragraphs end what they begin.
 */
export const directions = '\\u202a-\\u202e\\u2066-\\u2069';
const controlsInLine = `\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029${directions}`;
// Tab, LF and CR may stay.
const controlsInParagraphs = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';

/** By Unicode's own properties; the pattern of Braille without a dot has none that says that it looks empty. */
const invisible = '\\p{C}\\p{Z}\\p{M}\\p{Default_Ignorable_Code_Point}\\u2800';

type Length = { min?: number; max: number };

/** One line of Unicode text: trimmed and in NFC. */
export const line = (length: Length) =>
  text(length, controlsInLine, 'must be a single line without control characters, those for directions among them');

/** Text of several lines: trimmed and in NFC. */
export const paragraphs = (length: Length) => text(length, controlsInParagraphs, 'must not have control characters');

/**
 * The minimum is one of visible characters, so that nobody is asked to read what nobody can see; the maximum is one of code
 * points as they are sent, a line end counting once, however the client's system writes it. JSON Schema has no words for
 * either, and what it says is looser. (In NFC a text may be shorter, and in rare cases longer, by a factor of 3 at the most.)
 */
function text({ min = 1, max }: Length, controls: string, whenControls: string) {
  const forbidden = new RegExp(`[${controls}]`, 'u');
  const [pattern, visible] = [patternOf(min, controls), visibleAtLeast(min)];
  const tooShort = min === 1 ? 'must have a visible character' : `must have at least ${min} visible characters`;
  const whenUnfit = (value: string) => {
    if (forbidden.test(value.trim())) return whenControls;
    return value.trim() === '' ? 'must not be empty' : tooShort;
  };
  return (
    z
      .string()
      .check(wellFormed)
      .regex(pattern, { error: ({ input }) => whenUnfit(String(input)) })
      // One word on each text. (To abort would keep the checks of the whole from being made.)
      .refine((value) => !pattern.test(value) || visible.test(value), tooShort)
      .refine((value) => codePoints(value.replaceAll('\r\n', '\n')) <= max, tooLong(max))
      .trim()
      .normalize('NFC')
      .meta({ minLength: min, maxLength: 2 * max })
  );
}

/** JSON Schema has no word for it: such a text is no Unicode, and JSON in UTF-8 can carry it by an escape only. */
export const wellFormed = z.refine<string>(
  (value) => value.isWellFormed(),
  'must be well-formed Unicode, without lone surrogates',
);

/** At most so many code points, as JSON Schema counts (zod's own maximum counts UTF-16 units). */
export function atMost(max: number) {
  return z.refine<string>((value) => codePoints(value) <= max, tooLong(max));
}

const tooLong = (max: number) => `must have at most ${max} characters`;

function patternOf(min: number, controls: string): RegExp {
  const [edge, inner] = [`[^${whiteSpace}${controls}]`, `[^${controls}]`];
  const core = min === 1 ? `${edge}(?:${inner}*${edge})?` : `${edge}${inner}{${min - 2},}${edge}`;
  return new RegExp(`^[${whiteSpace}]*${core}[${whiteSpace}]*$`, 'u');
}

function visibleAtLeast(min: number): RegExp {
  return new RegExp(`^(?:[${invisible}]*[^${invisible}]){${min}}`, 'u');
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}
