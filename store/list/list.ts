import type { Parties } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';
import { chosen, type Filters, type Position } from './filters.ts';
import { type Flagged, flagged, flagsOf } from './flags-of.ts';

export type Listed = {
  submission: Submission;
  state: SubmissionState;
  flags: Flagged[];
  /** With the conflicts of all submissions of the same original, more than in its own state. */
  parties: Parties;
};

export type Page = { items: Listed[]; next: Position | undefined };

type Row = { position: Position; parties: string; submission: string; state: string; flags: Flagged[] };

/** Lists records, the newest submission first, with one query per page. */
export function createList(db: Database) {
  return {
    async page(filters: Filters, size: number, sight: Sight, after?: Position): Promise<Page> {
      const rows = await seenRows<Row>(
        size + 1,
        (last, count) => read(filters, count, last?.position ?? after, sight),
        (row) =>
          isSeen(sight, row) && (filters.flag === undefined || row.flags.some(({ flag }) => flag === filters.flag)),
      );
      const items = rows.slice(0, size);
      return { items: items.map(listed), next: rows.length > size ? items.at(-1)?.position : undefined };
    },

    async find(id: SubmissionId, sight: Sight): Promise<Listed | undefined> {
      const row = await db
        .selectFrom('submissions')
        .select(['parties', 'submission', 'state'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const flags = (await flagsOf(db, [id], sight)).get(id) ?? [];
      return listed({ ...row, flags });
    },

    flagsOf: (ids: readonly SubmissionId[], sight: Sight) => flagsOf(db, ids, sight),
  };

  async function read(filters: Filters, count: number, after: Position | undefined, sight: Sight): Promise<Row[]> {
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
    const found = new Map<SubmissionId, Row>();
    for (const { id, created_at, flag, other_id, other_parties, ...record } of rows) {
      const row: Row = found.get(id) ?? { ...record, position: { createdAt: created_at, id }, flags: [] };
      if (flag !== null && other_id !== null && other_parties !== null && isSeen(sight, { parties: other_parties }))
        row.flags.push(flagged(flag, other_id, id));
      found.set(id, row);
    }
    return [...found.values()];
  }
}

function listed({ flags, ...row }: Omit<Row, 'position'>): Listed {
  return { ...parsed(row), flags, parties: JSON.parse(row.parties) };
}
