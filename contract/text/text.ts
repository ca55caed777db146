import { z } from 'zod';

/** What String.prototype.trim() removes. Spelled out, since `\s` and `\p{…}` differ in other readers of JSON Schema. */
export const whiteSpace =
  '\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
/** Embeddings, overrides and isolates: one left open reverses the text after it in a subject or a list. */
export const directions = '\\u202a-\\u202e\\u2066-\\u2069';
const controlsInLine = `\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029${directions}`;
// Without tab, LF and CR.
const controlsInParagraphs = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';

/** U+2800, Braille without a dot, has no property that says that it looks empty. */
const invisible = '\\p{C}\\p{Z}\\p{M}\\p{Default_Ignorable_Code_Point}\\u2800';

type Length = { min?: number; max: number };

export const line = (length: Length) =>
  text(length, controlsInLine, 'must be a single line without control characters or marks of direction');

export const paragraphs = (length: Length) => text(length, controlsInParagraphs, 'must not have control characters');

/** `min` counts visible characters; `max` counts code points as sent, a line end once. JSON Schema can only say less. */
function text({ min = 1, max }: Length, controls: string, whenControls: string) {
  const forbidden = new RegExp(`[${controls}]`, 'u');
  const [pattern, visible] = [patternOf(min, controls), visibleAtLeast(min)];
  const tooShort = `must have at least ${min} visible character${min === 1 ? '' : 's'}`;
  const whenUnfit = (value: string) => {
    if (forbidden.test(value.trim())) return whenControls;
    return value.trim() === '' ? 'must not be empty' : tooShort;
  };
  return (
    z
      .string()
      .check(wellFormed)
      .regex(pattern, { error: ({ input }) => whenUnfit(String(input)) })
      // One message for each text. (`abort` would skip the checks of the whole.)
      .refine((value) => !pattern.test(value) || visible.test(value), tooShort)
      .refine((value) => codePoints(value.replaceAll('\r\n', '\n')) <= max, tooLong(max))
      .trim()
      .normalize('NFC')
      .meta({ minLength: min, maxLength: 2 * max })
  );
}

/** JSON can carry lone surrogates by escapes, and UTF-8 can't. */
export const wellFormed = z.refine<string>(
  (value) => value.isWellFormed(),
  'must be well-formed Unicode, without lone surrogates',
);

/** Counts code points, as JSON Schema does; zod's `max` counts UTF-16 units. */
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
