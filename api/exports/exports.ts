/** Exports of all submissions in a list as one file, written as fast as the client reads. */
import { stringify } from 'csv-stringify/sync';
import type { ListedSubmission } from '../../contract/http/listed-submission.ts';
import { verdictOf } from '../../contract/record.ts';
import { asSpreadsheetText } from './spreadsheet-text.ts';

export const exportFormats = {
  jsonl: {
    type: 'application/jsonl',
    extension: 'jsonl',
    head: () => '',
    rows: (items: readonly ListedSubmission[]) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    extension: 'csv',
    // Spreadsheets need the byte order mark to read it as UTF-8.
    head: () => `\ufeff${table([], true)}`,
    rows: (items: readonly ListedSubmission[]) => table(items.map(asCells), false),
  },
};

export function exported(
  { head, rows }: Pick<(typeof exportFormats)['csv'], 'head' | 'rows'>,
  pages: AsyncIterator<readonly ListedSubmission[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isBegun = false;
  return new ReadableStream(
    {
      async pull(controller) {
        if (!isBegun) controller.enqueue(encoder.encode(head()));
        isBegun = true;
        const { done, value } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(rows(value)));
      },
      cancel: async () => {
        await pages.return?.();
      },
    },
    // Nothing is read ahead: a HEAD request reads no rows.
    { highWaterMark: 0 },
  );
}

const columns = [
  ...['id', 'code', 'createdAt', 'lastUpdatedAt', 'stage', 'verdict', 'outcome', 'attendance'],
  ...[
    'panelReviews',
    'panelAbstentions',
    'panelMean',
    'panelMedian',
    'panelStandardDeviation',
    'automaticScore',
    'flags',
    'findings',
  ],
  ...['title', 'description', 'track', 'format', 'level', 'language', 'speaker', 'email', 'country', 'bio'],
  ...['coSpeakers', 'links', 'notes'],
] as const;

type Cells = Record<(typeof columns)[number], string | number | undefined>;

function asCells({
  id,
  code,
  createdAt,
  lastUpdatedAt,
  stage,
  outcome,
  attendance,
  verdicts = [],
  referral,
  panel,
  flags = [],
  submission,
}: ListedSubmission): Cells {
  const {
    title,
    description,
    track,
    format,
    level,
    language,
    speaker,
    coSpeakers = [],
    links = [],
    notes,
  } = submission;
  return {
    id,
    code,
    createdAt,
    lastUpdatedAt,
    stage,
    verdict: verdictOf({ stage, verdicts })?.outcome,
    outcome,
    attendance,
    panelReviews: panel?.reviews,
    panelAbstentions: panel?.abstentions,
    panelMean: panel?.mean,
    panelMedian: panel?.median,
    panelStandardDeviation: panel?.standardDeviation,
    automaticScore: verdicts.findLast(({ automaticScore }) => automaticScore !== undefined)?.automaticScore,
    flags: flags.map(({ flag, other }) => (other === undefined ? flag : `${flag} ${other}`)).join('\n'),
    findings: [...verdicts.flatMap(({ findings = [] }) => findings), ...(referral?.findings ?? [])]
      .map(({ check, detail }) => `${check}: ${detail}`)
      .join('\n'),
    title,
    description,
    track,
    format,
    level,
    language,
    speaker: speaker?.name,
    email: speaker?.email,
    country: speaker?.country,
    bio: speaker?.bio,
    coSpeakers: coSpeakers
      .map(({ name, email, answer }) => `${name} <${email}>${answer === undefined ? '' : ` (${answer})`}`)
      .join('\n'),
    links: links.join('\n'),
    notes,
  };
}

/** CSV by RFC 4180. No text can become a formula, whatever separator the spreadsheet is set to. */
function table(rows: Cells[], header: boolean): string {
  return stringify(rows, {
    columns: [...columns],
    header,
    cast: { string: asSpreadsheetText },
    record_delimiter: 'windows',
    quoted_match: /[\r\n;\t]/,
  });
}
