import { type Parties, partiesOf, type SubmissionRecord, withConflictsOf } from '../../contract/record.ts';
import type { Database } from '../database.ts';
import type { Talk } from './find-talk.ts';

/** Copies conflicts to all records of the same talk; also restores those that a workflow reset has lost. */
export async function shareConflicts(trx: Database, record: SubmissionRecord, { records }: Talk): Promise<Parties> {
  const parties = withConflictsOf(
    partiesOf(record),
    records.map((one) => one.parties),
  );
  for (const one of records) {
    const shared = withConflictsOf(one.parties, [parties]);
    if (one.id === record.state.id || shared.conflicts?.length === one.parties.conflicts?.length) continue;
    await trx
      .updateTable('submissions')
      .set({ parties: JSON.stringify(shared) })
      .where('id', '=', one.id)
      .execute();
  }
  return parties;
}
