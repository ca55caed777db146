import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { writeChange } from '../feeds/changes.ts';
import { lock } from '../locks.ts';
import { together } from '../together.ts';
import { dropFlags } from './drop-flags.ts';
import { lookedUp, type Pair, similarTo } from './similar-to.ts';

export async function rememberText(trx: Database, id: SubmissionId, sketch: readonly number[]): Promise<void> {
  const rows = sketch.slice(0, lookedUp).map((hash) => ({ submission_id: id, hash }));
  await together([
    trx
      .insertInto('texts')
      .values({ submission_id: id, sketch: JSON.stringify(sketch) })
      .execute(),
    // A text without words has no hashes.
    rows.length > 0 && trx.insertInto('sketch_hashes').values(rows).execute(),
  ]);
}

/** Forgets a text that was replaced, and what it was like. */
export async function forgetText(trx: Database, id: SubmissionId): Promise<void> {
  await together([
    trx.deleteFrom('texts').where('submission_id', '=', id).execute(),
    trx.deleteFrom('sketch_hashes').where('submission_id', '=', id).execute(),
  ]);
  await dropFlags(trx, id, 'similar-text');
}

/**
 * Flags the later one of two submissions with nearly the same text. Call it when the record is committed: of two that are
 * written at once, at least one then finds the other. Repeating it changes nothing.
 */
export async function compareText(db: Database, id: SubmissionId, sketch: readonly number[]): Promise<void> {
  const pairs = await similarTo(db, id, sketch);
  if (pairs.length > 0) await db.transaction().execute((trx) => flag(trx, pairs));
}

async function flag(trx: Database, pairs: readonly Pair[]): Promise<void> {
  await lock(trx, { shared: ['records'] });
  const ids = [...new Set(pairs.flatMap(({ later, earlier }) => [later, earlier]))];
  const rows = await trx.selectFrom('submissions').select('id').where('id', 'in', ids).execute();
  const present = new Set(rows.map((row) => row.id));
  const found = pairs.filter(({ later, earlier }) => present.has(later) && present.has(earlier));
  if (found.length === 0) return;
  const flagged = await trx
    .insertInto('flags')
    .values(found.map(({ later, earlier }) => ({ submission_id: later, flag: 'similar-text', other_id: earlier })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('submission_id')
    .execute();
  if (flagged.length > 0) await writeChange(trx, ...new Set(flagged.map((row) => row.submission_id)));
}
