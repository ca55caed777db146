import { z } from 'zod';
import { checks } from '../../contract/findings.ts';
import { flags } from '../../contract/flags.ts';
import { conclusions, verdicts } from '../../contract/http/listed-submission.ts';
import { submissionStages } from '../../contract/stages.ts';
import { line } from '../../contract/text/text.ts';
import { cursor } from './cursor-parameter.ts';

/** Of a page, unless another number is asked for. */
const usualSize = 50;

/** How a list of submissions can be asked for. */
export const listQuery = z.strictObject({
  stage: z.enum(submissionStages).optional().describe('Where it is, or where it ended'),
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
  cursor: cursor.optional().describe('Where a page begins: from `next` of the one before it'),
});

export type ListQuery = z.output<typeof listQuery>;
