import type { SubmissionState } from '../contract/state.ts';
import type { ChangeNumber } from './change-number.ts';
import type { Database } from './database.ts';
import { eraseLine } from './erasures/erase-line.ts';
import { nextNumber } from './next-number.ts';

/**
 * Changes a submission's record. Changes are serialised in the order of their numbers, so that a reader who continues after
 * a number misses none. A successor of an erased submission is erased when its record is written.
 *
 * @returns `undefined` if it is erased
 */
export async function change<Value>(
  db: Database,
  { id, original = id }: Pick<SubmissionState, 'id' | 'original'>,
  write: (trx: Database, number: ChangeNumber) => Promise<Value>,
): Promise<Value | undefined> {
  return db.transaction().execute(async (trx) => {
    const number = await nextNumber(trx);
    const erased = await trx.selectFrom('erasures').select('id').where('id', 'in', [id, original]).execute();
    if (erased.length === 0) return write(trx, number);
    await eraseLine(trx, { id, original }, new Date().toISOString());
    return undefined;
  });
}
