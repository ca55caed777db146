import { sql } from 'kysely';
import type { Finding } from '../../contract/findings.ts';
import type { Flag } from '../../contract/flags.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

export type Filters = {
  stage?: string | undefined;
  track?: string | undefined;
  code?: string | undefined;
  /** `none` before the current stage has one. */
  verdict?: string | undefined;
  /** `none` before there is one. */
  outcome?: string | undefined;
  flag?: Flag | undefined;
  finding?: Finding['check'] | undefined;
};

/** The last item of a page. The next page begins after it, whatever was added meanwhile. */
export type Position = { createdAt: string; id: SubmissionId };

export function chosen(
  db: Pick<Database, 'selectFrom'>,
  { stage, track, code, verdict, outcome, flag, finding }: Filters,
  after?: Position,
) {
  let query = db
    .selectFrom('submissions')
    .select(['id', 'created_at', 'parties', 'submission', 'state'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
  const equal = { stage, track, code, verdict, outcome } satisfies Partial<
    Record<keyof Tables['submissions'], unknown>
  >;
  for (const column of ['stage', 'track', 'code', 'verdict', 'outcome'] as const) {
    const value = equal[column];
    if (value === undefined) continue;
    query = value === 'none' && column !== 'track' ? query.where(column, 'is', null) : query.where(column, '=', value);
  }
  if (flag !== undefined)
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('flags').select('flags.submission_id').where('flags.flag', '=', flag),
    );
  if (finding !== undefined)
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('findings').select('findings.submission_id').where('findings.found_by', '=', finding),
    );
  if (after !== undefined) query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}, ${after.id})`);
  return query;
}
