import { sql } from 'kysely';
import type { Finding } from '../contract/findings.ts';
import type { Flag } from '../contract/flags.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';
import { parsed } from './parsed.ts';
import type { Tables } from './tables.ts';

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

export type Listed = {
  submission: Submission;
  state: SubmissionState;
  flags: { flag: Flag; other: string }[];
};

export type Page = { items: Listed[]; next: Cursor | undefined };

/** Lists records, the newest submission first: one query a page. */
export function createList(db: Database) {
  async function page(filters: Filters, size: number, after?: Cursor): Promise<Page> {
    const rows = await db
      .with('page', (cte) => chosen(cte, filters, after).limit(size + 1))
      .selectFrom('page')
      .leftJoin('flags', 'flags.submission_id', 'page.id')
      .select(['page.id', 'page.created_at', 'page.submission', 'page.state', 'flags.flag', 'flags.other_id'])
      .orderBy('page.created_at', 'desc')
      .orderBy('page.id', 'desc')
      .orderBy('flags.flag')
      .orderBy('flags.other_id')
      .execute();

    const listed = new Map<string, Listed & { cursor: Cursor }>();
    for (const { id, created_at, submission, state, flag, other_id } of rows) {
      const item: Listed & { cursor: Cursor } = listed.get(id) ?? {
        ...parsed({ submission, state }),
        flags: [],
        cursor: { createdAt: created_at, id },
      };
      if (flag !== null && other_id !== null) item.flags.push({ flag, other: other_id });
      listed.set(id, item);
    }
    const items = [...listed.values()];
    const hasMore = items.length > size;
    return {
      items: items.slice(0, size).map(({ cursor: _, ...item }) => item),
      next: hasMore ? items[size - 1]?.cursor : undefined,
    };
  }

  async function listed(id: SubmissionId): Promise<Listed | undefined> {
    const row = await db
      .selectFrom('submissions')
      .select(['submission', 'state'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const flags = await db.selectFrom('flags').select(['flag', 'other_id']).where('submission_id', '=', id).execute();
    return {
      ...parsed(row),
      flags: flags.map(({ flag, other_id: other }) => ({ flag, other })),
    };
  }

  /** Many at once, by their ids; those that there is nothing of are left out. */
  async function submissionsOf(ids: readonly string[]): Promise<Map<string, Pick<Listed, 'submission' | 'state'>>> {
    if (ids.length === 0) return new Map();
    const rows = await db
      .selectFrom('submissions')
      .select(['id', 'submission', 'state'])
      .where('id', 'in', [...new Set(ids)])
      .execute();
    return new Map(rows.map((row) => [row.id, parsed(row)]));
  }

  return { page, listed, submissionsOf };
}

function chosen(
  db: Pick<Database, 'selectFrom'>,
  { stage, track, verdict, outcome, flag, finding }: Filters,
  after?: Cursor,
) {
  let query = db
    .selectFrom('submissions')
    .select(['id', 'created_at', 'submission', 'state'])
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
