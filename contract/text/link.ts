import { z } from 'zod';
import { atMost, wellFormed, whiteSpace } from './text.ts';

const controls = '\\u0000-\\u001f\\u007f-\\u009f';
const label = `[^${whiteSpace}${controls}!-,.\\/:-@\\[-\`{-~]+`;
const topLevel = `[^${whiteSpace}${controls}!-@\\[-\`{-~]${label}`;
const rest = `[^${whiteSpace}${controls}"<>\\\\^\`{|}]*`;

/** An http or https URL with a host name, without a user, by a pattern that JSON Schema can have too. */
const pattern = new RegExp(
  `^[${whiteSpace}]*[hH][tT][tT][pP][sS]?://(?:${label}\\.)+${topLevel}(?::[0-9]{1,5})?(?:[/?#]${rest})?[${whiteSpace}]*$`,
  'u',
);

export const link = z
  .string()
  .check(wellFormed, atMost(2_000))
  .regex(pattern, 'must be an http or https URL')
  .trim()
  .meta({ maxLength: 2_000 });
