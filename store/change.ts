import type { SubmissionState } from '../contract/state.ts';
import type { Database } from './database.ts';
import { eraseLine } from './erasures/erase-line.ts';
import { nextNumber } from './next-number.ts';

/**
 * Changes what is kept of one submission, in one transaction. Changes are made one after the other, whoever makes them,
 * in the order of their numbers: so none is missed by who asks for those after a number. What was erased is not changed,
 * and what goes on from it is erased as it comes on record.
 */
export async function change(
  db: Database,
  { id, original = id }: Pick<SubmissionState, 'id' | 'original'>,
  act: (trx: Database, number: number) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const number = await nextNumber(trx);
    const erased = await trx.selectFrom('erasures').select('id').where('id', 'in', [id, original]).execute();
    if (erased.length === 0) await act(trx, number);
    else await eraseLine(trx, { id, original }, new Date().toISOString());
  });
}
