import { z } from 'zod';
import { checks } from '../../contract/findings.ts';
import { flags } from '../../contract/flags.ts';
import { conclusions, verdicts } from '../../contract/http/listed-submission.ts';
import { spokenCodePattern, writtenCode } from '../../contract/short-code.ts';
import { submissionStages } from '../../contract/stages.ts';
import { line } from '../../contract/text/text.ts';
import { cursor } from './cursor-parameter.ts';

const usualSize = 50;

/** Query parameters of the list of submissions. */
export const listQuery = z.strictObject({
  stage: z.enum(submissionStages).optional().describe('The current stage, or the one in which the submission ended'),
  track: line({ max: 60 }).optional(),
  code: z
    .string()
    .regex(spokenCodePattern, 'must be eight letters, like BCDF-GHJK')
    .meta({ maxLength: 9 })
    .transform(writtenCode)
    .optional()
    .describe('All that share it, which is hardly ever more than one'),
  verdict: z
    .enum([...verdicts, 'none'])
    .optional()
    .describe('Of the current stage; `none` before there is one'),
  outcome: z
    .enum([...conclusions, 'none'])
    .optional()
    .describe('`none` until the submission has ended'),
  flag: z.enum(flags).optional(),
  finding: z.enum(checks).optional().describe('A check of the moderation that found something'),
  format: z
    .enum(['json', 'jsonl', 'csv'])
    .default('json')
    .describe(
      'One page in JSON; or all submissions, whatever `limit` is, as JSON lines or CSV (RFC 4180, UTF-8 with a byte order mark)',
    ),
  limit: z
    .string()
    .regex(/^(?:[1-9][0-9]?|1[0-9]{2}|200)$/, 'must be a number from 1 to 200')
    .meta({ maxLength: 3 })
    .transform(Number)
    .default(usualSize)
    .describe(`Items of a page; ${usualSize} by default`),
  cursor: cursor.optional().describe('Start of the page: `cursor` in the `next` URL of the previous page'),
});

export type ListQuery = z.output<typeof listQuery>;
