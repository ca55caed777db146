import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { beforeTheFirst, type ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';
import { numberEntries } from './number-entries.ts';

export type Change =
  | { number: ChangeNumber; id: SubmissionId; kind: 'erased' }
  | { number: ChangeNumber; id: SubmissionId; kind: 'changed'; submission: Submission; state: SubmissionState };

/** Call it in the transaction that writes or erases a submission. */
export async function writeChange(trx: Database, ...ids: readonly SubmissionId[]): Promise<void> {
  await trx
    .insertInto('changes')
    .values(ids.map((id) => ({ id })))
    .execute();
}

/** The last change of each submission, in the order of changes, with the current record. */
export function createChanges(db: Database) {
  type Row = Awaited<ReturnType<typeof read>>[number];

  return {
    number: (): Promise<void> => numberEntries(db, 'changes'),

    async after(number: ChangeNumber | undefined, size: number, sight: Sight): Promise<Change[]> {
      await numberEntries(db, 'changes');
      const rows = await seenRows<Row>(
        size,
        (last, count) => read(last?.number ?? number, count),
        (row) => (row.kind === 'changed' ? isSeen(sight, row) : mayKnowErased(sight, row)),
      );
      return rows.map((row): Change => {
        const { number, id } = row;
        return row.kind === 'erased' ? { number, id, kind: 'erased' } : { number, id, kind: 'changed', ...parsed(row) };
      });
    },
  };

  async function read(after: ChangeNumber | undefined, count: number) {
    const query = db
      .selectFrom('changes')
      .leftJoin('submissions', 'submissions.id', 'changes.id')
      .leftJoin('erasures', 'erasures.id', 'changes.id')
      .select(['changes.number', 'changes.id', 'parties', 'submission', 'state', 'kept_from'])
      .where('changes.number', '>', after ?? beforeTheFirst)
      .orderBy('changes.number')
      .limit(count);
    return (await query.$narrowType<{ number: ChangeNumber }>().execute()).map(
      ({ number, id, parties, submission, state, kept_from }) =>
        parties !== null && submission !== null && state !== null
          ? { kind: 'changed' as const, number, id, parties, submission, state }
          : { kind: 'erased' as const, number, id, kept_from },
    );
  }
}

export function mayKnowErased({ person }: Sight, { kept_from }: { kept_from: string | null }): boolean {
  if (kept_from === null) return false;
  const names: unknown = JSON.parse(kept_from);
  return !(Array.isArray(names) && names.includes(person));
}
