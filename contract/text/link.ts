import { z } from 'zod';
import { atMost, wellFormed, whiteSpace } from './text.ts';

const controls = '\\u0000-\\u001f\\u007f-\\u009f';
/** Of a host name, before it is written in ASCII: no ASCII punctuation but the hyphen. */
const label = `[^${whiteSpace}${controls}!-,.\\/:-@\\[-\`{-~]+`;
const topLevel = `[^${whiteSpace}${controls}!-@\\[-\`{-~]${label}`;
const rest = `[^${whiteSpace}${controls}"<>\\\\^\`{|}]*`;

/**
 * An http or https URL with a name for its host, in a form that a regular expression can describe: neither an address in
 * the place of the name, nor a user. Whether there is such a host nobody asks.
 */
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
