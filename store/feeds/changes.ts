import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

export type Change =
  | { number: ChangeNumber; id: SubmissionId; kind: 'erased' }
  | { number: ChangeNumber; id: SubmissionId; kind: 'changed'; submission: Submission; state: SubmissionState };

/** The last change of each submission, in the order of changes, with the current record. */
export function createChanges(db: Database) {
  type Row = Awaited<ReturnType<typeof read>>[number];

  return {
    async after(number: ChangeNumber | undefined, size: number, sight: Sight): Promise<Change[]> {
      const rows = await seenRows<Row>(
        size,
        (last, count) => read(last?.change ?? number, count),
        (row) => (row.kind === 'changed' ? isSeen(sight, row) : mayKnowErased(sight, row)),
      );
      return rows.map((row): Change => {
        const { change, id } = row;
        return row.kind === 'erased'
          ? { number: change, id, kind: 'erased' }
          : { number: change, id, kind: 'changed', ...parsed(row) };
      });
    },
  };

  async function read(after: ChangeNumber | undefined, count: number) {
    const changed = db
      .selectFrom('submissions')
      .select(['id', 'change', 'parties', 'submission', 'state'])
      .orderBy('change')
      .limit(count);
    const erased = db.selectFrom('erasures').select(['id', 'change', 'kept_from']).orderBy('change').limit(count);
    const [changedRows, erasedRows] =
      after === undefined
        ? [await changed.execute(), await erased.execute()]
        : [await changed.where('change', '>', after).execute(), await erased.where('change', '>', after).execute()];
    return [
      ...changedRows.map((row) => ({ kind: 'changed' as const, ...row })),
      ...erasedRows.map((row) => ({ kind: 'erased' as const, ...row })),
    ]
      .sort((one, other) => one.change - other.change)
      .slice(0, count);
  }
}

export function mayKnowErased({ person }: Sight, { kept_from }: { kept_from: string }): boolean {
  const names: unknown = JSON.parse(kept_from);
  return !(Array.isArray(names) && names.includes(person));
}
