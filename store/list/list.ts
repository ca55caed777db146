import { sql } from 'kysely';
import type { Finding } from '../../contract/findings.ts';
import type { Flag } from '../../contract/flags.ts';
import type { Parties } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';
import type { Tables } from '../tables.ts';

export type Filters = {
  stage?: string | undefined;
  track?: string | undefined;
  /** Of the stage that it is in; `none` before there is one. */
  verdict?: string | undefined;
  /** `none` as long as it has not come to its end. */
  outcome?: string | undefined;
  flag?: Flag | undefined;
  finding?: Finding['check'] | undefined;
};

/** Where a page ends. The next one begins after it, whatever was added meanwhile. */
export type Cursor = { createdAt: string; id: string };

type Flagged = { flag: Flag; other: string };

export type Listed = {
  submission: Submission;
  state: SubmissionState;
  flags: Flagged[];
  /** With the conflicts of all that it was and is: more than its own state has. */
  parties: Parties;
};

export type Page = { items: Listed[]; next: Cursor | undefined };

type Row = { cursor: Cursor; parties: string; submission: string; state: string; flags: Flagged[] };

/** Lists records, the newest submission first: one query a page. */
export function createList(db: Database) {
  async function page(filters: Filters, size: number, sight: Sight, after?: Cursor): Promise<Page> {
    const rows = await seenRows<Row>(
      size + 1,
      (last, count) => read(filters, count, last?.cursor ?? after, sight),
      (row) =>
        isSeen(sight, row) && (filters.flag === undefined || row.flags.some(({ flag }) => flag === filters.flag)),
    );
    const items = rows.slice(0, size);
    return {
      items: items.map(({ flags, ...row }) => ({ ...parsed(row), flags, parties: JSON.parse(row.parties) })),
      next: rows.length > size ? items.at(-1)?.cursor : undefined,
    };
  }

  async function read(filters: Filters, count: number, after: Cursor | undefined, sight: Sight): Promise<Row[]> {
    const rows = await db
      .with('page', (cte) => chosen(cte, filters, after).limit(count))
      .selectFrom('page')
      .leftJoin('flags', 'flags.submission_id', 'page.id')
      .leftJoin('submissions as other', 'other.id', 'flags.other_id')
      .select(['page.id', 'page.created_at', 'page.parties', 'page.submission', 'page.state'])
      .select(['flags.flag', 'flags.other_id', 'other.parties as other_parties'])
      .orderBy('page.created_at', 'desc')
      .orderBy('page.id', 'desc')
      .orderBy('flags.flag')
      .orderBy('flags.other_id')
      .execute();
    const listed = new Map<string, Row>();
    for (const { id, created_at, flag, other_id, other_parties, ...record } of rows) {
      const row: Row = listed.get(id) ?? { ...record, cursor: { createdAt: created_at, id }, flags: [] };
      if (flag !== null && other_id !== null && other_parties !== null && isSeen(sight, { parties: other_parties }))
        row.flags.push({ flag, other: other_id });
      listed.set(id, row);
    }
    return [...listed.values()];
  }

  async function find(id: SubmissionId, sight: Sight): Promise<Listed | undefined> {
    const row = await db
      .selectFrom('submissions')
      .select(['parties', 'submission', 'state'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const flags = (await flagsOf([id], sight)).get(id) ?? [];
    return { ...parsed(row), flags, parties: JSON.parse(row.parties) };
  }

  /** Of many at once. A flag names another submission: it is there for those who may see that one, too. */
  async function flagsOf(ids: readonly string[], sight: Sight): Promise<Map<string, Flagged[]>> {
    const flags = new Map<string, Flagged[]>();
    if (ids.length === 0) return flags;
    const rows = await db
      .selectFrom('flags')
      .innerJoin('submissions as other', 'other.id', 'flags.other_id')
      .select(['submission_id', 'flag', 'other_id', 'other.parties'])
      .where('submission_id', 'in', ids)
      .orderBy('flag')
      .orderBy('other_id')
      .execute();
    for (const row of rows)
      if (isSeen(sight, row))
        flags.set(row.submission_id, [
          ...(flags.get(row.submission_id) ?? []),
          { flag: row.flag, other: row.other_id },
        ]);
    return flags;
  }

  return { page, find, flagsOf };
}

function chosen(
  db: Pick<Database, 'selectFrom'>,
  { stage, track, verdict, outcome, flag, finding }: Filters,
  after?: Cursor,
) {
  let query = db
    .selectFrom('submissions')
    .select(['id', 'created_at', 'parties', 'submission', 'state'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
  const equal = { stage, track, verdict, outcome } satisfies Partial<Record<keyof Tables['submissions'], unknown>>;
  for (const column of ['stage', 'track', 'verdict', 'outcome'] as const) {
    const value = equal[column];
    if (value === undefined) continue;
    query = value === 'none' && column !== 'track' ? query.where(column, 'is', null) : query.where(column, '=', value);
  }
  if (flag !== undefined) {
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('flags').select('flags.submission_id').where('flags.flag', '=', flag),
    );
  }
  if (finding !== undefined) {
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('findings').select('findings.submission_id').where('findings.found_by', '=', finding),
    );
  }
  if (after !== undefined) {
    query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}, ${after.id})`);
  }
  return query;
}
