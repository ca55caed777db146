import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

export type Change =
  | { number: number; id: SubmissionId; kind: 'erased' }
  | { number: number; id: SubmissionId; kind: 'changed'; submission: Submission; state: SubmissionState };

type Changed = { kind: 'changed'; id: string; change: number; parties: string; submission: string; state: string };
type Erased = { kind: 'erased'; id: string; change: number; kept_from: string };
type Row = Changed | Erased;

export function createChanges(db: Database) {
  return { after };

  /**
   * What has changed after a number, in the order of the changes: of each submission its last change, as it is now. Whoever
   * goes on from the last number that was given misses none.
   */
  async function after(number: number, size: number, sight: Sight): Promise<Change[]> {
    const rows = await seenRows<Row>(
      size,
      (last, count) => read(last?.change ?? number, count),
      (row) => (row.kind === 'changed' ? isSeen(sight, row) : mayKnowErased(sight, row)),
    );
    return rows.flatMap((row): Change[] => {
      const id = parseSubmissionId(row.id);
      if (id === undefined) return [];
      const known = { number: row.change, id };
      return row.kind === 'erased'
        ? [{ ...known, kind: 'erased' }]
        : [{ ...known, kind: 'changed', ...parsed({ submission: row.submission, state: row.state }) }];
    });
  }

  async function read(number: number, count: number): Promise<Row[]> {
    const changed = await db
      .selectFrom('submissions')
      .select(['id', 'change', 'parties', 'submission', 'state'])
      .where('change', '>', number)
      .orderBy('change')
      .limit(count)
      .execute();
    const erased = await db
      .selectFrom('erasures')
      .select(['id', 'change', 'kept_from'])
      .where('change', '>', number)
      .orderBy('change')
      .limit(count)
      .execute();
    const all: Row[] = [
      ...changed.map((row) => ({ kind: 'changed' as const, ...row })),
      ...erased.map((row) => ({ kind: 'erased' as const, ...row })),
    ];
    return all.sort((one, other) => one.change - other.change).slice(0, count);
  }
}

/** Whether what was erased was never kept from a person. */
export function mayKnowErased({ person }: Sight, { kept_from }: { kept_from: string }): boolean {
  const names: unknown = JSON.parse(kept_from);
  return !(Array.isArray(names) && names.includes(person));
}
