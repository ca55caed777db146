import { type Parties, partiesOf, type SubmissionRecord, withConflictsOf } from '../../contract/record.ts';
import type { Database } from '../database.ts';

/** Copies conflicts to all submissions of the same original; also restores those that a workflow reset has lost. */
export async function shareConflicts(
  trx: Database,
  { submission, state }: Pick<SubmissionRecord, 'submission' | 'state'>,
): Promise<{ parties: Parties; isKnown: boolean }> {
  const { id, original = id } = state;
  const rows = await trx.selectFrom('submissions').select(['id', 'parties']).where('original', '=', original).execute();
  const line = rows.map((row) => ({ id: row.id, parties: partiesIn(row) }));
  const parties = withConflictsOf(
    partiesOf({ submission, state }),
    line.map((one) => one.parties),
  );
  for (const one of line) {
    const shared = withConflictsOf(one.parties, [parties]);
    if (one.id === id || shared.conflicts?.length === one.parties.conflicts?.length) continue;
    await trx
      .updateTable('submissions')
      .set({ parties: JSON.stringify(shared) })
      .where('id', '=', one.id)
      .execute();
  }
  return { parties, isKnown: line.some((one) => one.id === id) };
}

function partiesIn(row: { parties: string }): Parties {
  return JSON.parse(row.parties);
}
