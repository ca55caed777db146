import { sql } from 'kysely';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { change } from '../change.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { lookedUp, similarTo } from './similar-to.ts';

export async function rememberText(
  trx: Database,
  id: SubmissionId,
  number: ChangeNumber,
  sketch: readonly number[],
): Promise<void> {
  await trx
    .insertInto('texts')
    .values({ submission_id: id, change: number, sketch: JSON.stringify(sketch), is_compared: 0 })
    .execute();
  const rows = sketch.slice(0, lookedUp).map((hash) => ({ submission_id: id, hash }));
  // A text without words has no hashes.
  if (rows.length > 0) await trx.insertInto('sketch_hashes').values(rows).execute();
}

/**
 * Flags a submission if an earlier one has nearly the same text. Without a lock: of two that are written at once, the later
 * one finds the earlier one. If it is interrupted, `is_compared` makes the next write repeat it.
 */
export async function compareText(db: Database, state: Pick<SubmissionState, 'id' | 'original'>): Promise<void> {
  const others = await similarTo(db, state.id);
  if (others === undefined) return;
  if (others.length > 0) await flag(db, state, others);
  await db.updateTable('texts').set({ is_compared: 1 }).where('submission_id', '=', state.id).execute();
}

async function flag(
  db: Database,
  state: Pick<SubmissionState, 'id' | 'original'>,
  others: readonly SubmissionId[],
): Promise<void> {
  const { id } = state;
  await change(db, state, async (trx, number) => {
    await trx
      .insertInto('flags')
      .columns(['submission_id', 'flag', 'other_id'])
      .expression((row) =>
        row
          .selectFrom('submissions')
          .select([sql<SubmissionId>`${id}`.as('submission_id'), sql<'similar-text'>`'similar-text'`.as('flag'), 'id'])
          .where('id', 'in', others),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx.updateTable('submissions').set({ change: number }).where('id', '=', id).execute();
  });
}
