import type { SubmissionState } from '../contract/state.ts';
import type { ChangeNumber } from './change-number.ts';
import type { Database } from './database.ts';
import { eraseLine } from './erasures/erase-line.ts';
import { nextNumber } from './next-number.ts';

/**
 * Changes a submission's record. Changes are serialised in the order of their numbers, so that a reader who continues after
 * a number misses none. A successor of an erased submission is erased when its record is written.
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
