import { z } from 'zod';

/**
 * What String.prototype.trim() takes away. As characters of a class, spelled out: `\s` and `\p{…}` mean something else,
 * or nothing, in the other languages that read our patterns.
 */
export const whiteSpace =
  '\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const controlsInLine = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029';
// Tab, LF and CR may stay.
const controlsInParagraphs = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';

type Length = { min?: number; max: number };

/** One line of Unicode text: trimmed and in NFC. */
export const line = (length: Length) =>
  text(length, controlsInLine, 'must be a single line without control characters');

/** Text of several lines: trimmed and in NFC. */
export const paragraphs = (length: Length) => text(length, controlsInParagraphs, 'must not have control characters');

/**
 * Lengths are those of the text as it is sent, in code points, the white space around it not counting for the minimum:
 * so JSON Schema can say the same. (In NFC a text may be shorter, and in rare cases longer, by a factor of 3 at the most.)
 */
function text({ min = 1, max }: Length, controls: string, whenControls: string) {
  const forbidden = new RegExp(`[${controls}]`, 'u');
  const pattern = patternOf(min, controls);
  const tooShort = min === 1 ? 'must not be empty' : `must have at least ${min} characters`;
  return z
    .string()
    .check(wellFormed)
    .regex(pattern, { error: ({ input }) => (forbidden.test(String(input).trim()) ? whenControls : tooShort) })
    .check(atMost(max))
    .trim()
    .normalize('NFC')
    .meta({ minLength: min, maxLength: max });
}

/** JSON Schema has no word for it: such a text is no Unicode, and JSON in UTF-8 can carry it by an escape only. */
export const wellFormed = z.refine<string>(
  (value) => value.isWellFormed(),
  'must be well-formed Unicode, without lone surrogates',
);

/** At most so many code points, as JSON Schema counts (zod's own maximum counts UTF-16 units). */
export function atMost(max: number) {
  return z.refine<string>((value) => codePoints(value) <= max, `must have at most ${max} characters`);
}

function patternOf(min: number, controls: string): RegExp {
  const [edge, inner] = [`[^${whiteSpace}${controls}]`, `[^${controls}]`];
  const core = min === 1 ? `${edge}(?:${inner}*${edge})?` : `${edge}${inner}{${min - 2},}${edge}`;
  return new RegExp(`^[${whiteSpace}]*${core}[${whiteSpace}]*$`, 'u');
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}
