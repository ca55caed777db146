import type { SubmissionState } from '../contract/state.ts';
import type { ChangeNumber } from './change-number.ts';
import type { Database } from './database.ts';
import { eraseLine } from './erasures/erase-line.ts';
import { nextNumber } from './next-number.ts';

/**
 * Changes what is kept of a submission. All changes are made one after the other, in the order of their numbers: so whoever
 * asks for those after a number misses none. What goes on from an erased submission is erased as it comes on record.
 */
export async function change(
  db: Database,
  { id, original = id }: Pick<SubmissionState, 'id' | 'original'>,
  write: (trx: Database, number: ChangeNumber) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const number = await nextNumber(trx);
    const erased = await trx.selectFrom('erasures').select('id').where('id', 'in', [id, original]).execute();
    if (erased.length === 0) await write(trx, number);
    else await eraseLine(trx, { id, original }, new Date().toISOString());
  });
}
