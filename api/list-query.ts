import { z } from 'zod';
import { checks } from '../contract/findings.ts';
import { flags } from '../contract/flags.ts';
import { conclusions, places, verdicts } from '../contract/listed-submission.ts';
import { line } from '../contract/text.ts';
import type { Cursor } from '../store/list.ts';

/** Of a page, unless another number is asked for. */
const usualSize = 50;

/** An instant and an id: whatever has this form is a place in the list. */
const cursorPattern = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)_([0-9a-f]{32})$/;

/** How a list of submissions can be asked for. */
export const listQuery = z.strictObject({
  stage: z.enum(places).optional().describe('Where it is, or where it ended'),
  track: line({ max: 60 }).optional(),
  verdict: z
    .enum([...verdicts, 'none'])
    .optional()
    .describe('Of the stage that it is in; `none` before there is one'),
  outcome: z
    .enum([...conclusions, 'none'])
    .optional()
    .describe('`none` as long as it has not come to its end'),
  flag: z.enum(flags).optional(),
  finding: z.enum(checks).optional().describe('What the moderation has found something in'),
  format: z
    .enum(['json', 'jsonl', 'csv'])
    .default('json')
    .describe(
      'A page in JSON; or all, whatever `limit` says, in JSON lines or in CSV (RFC 4180, in UTF-8 with a byte order mark)',
    ),
  limit: z
    .string()
    .regex(/^(?:[1-9][0-9]?|1[0-9]{2}|200)$/, 'must be a number from 1 to 200')
    .meta({ maxLength: 3 })
    .transform(Number)
    .default(usualSize)
    .describe(`Of a page, ${usualSize} if left out`),
  cursor: z
    .string()
    .regex(cursorPattern, 'must be taken from the answer before, as it is')
    .meta({ maxLength: 57 })
    .transform(readCursor)
    .optional()
    .describe('Where a page begins: from `next` of the one before it'),
});

export type ListQuery = z.output<typeof listQuery>;

export function writeCursor({ createdAt, id }: Cursor): string {
  return `${createdAt}_${id}`;
}

function readCursor(text: string): Cursor {
  const [, createdAt = '', id = ''] = cursorPattern.exec(text) ?? [];
  return { createdAt, id };
}
