import { sql } from 'kysely';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { change } from '../change.ts';
import type { Database } from '../database.ts';
import { mostOthers } from './same-speaker.ts';
import { likeness } from './sketch.ts';

/** From 0 to 1. An edited text has about 0.5 in common with what it was, one on the same subject by another person 0.03. */
const nearlySame = 0.4;

/**
 * Hashes of a sketch that are looked up, and how many of them two texts have in common that are worth a comparison: of two
 * that are nearly the same it is about half, of any others none.
 */
const lookedUp = 12;
const worthComparing = 2;

/**
 * Texts that are looked at for one hash, the same ones whenever it is asked for: among 10,000 texts that begin alike, to look
 * at each would take a second.
 */
const mostOfOneHash = 50;

/** Remembers a text, to be compared once it is there for all to see. `number` is that of the change. */
export async function rememberText(
  trx: Database,
  id: SubmissionId,
  number: number,
  sketch: readonly number[],
): Promise<void> {
  await trx
    .insertInto('texts')
    .values({ submission_id: id, number, sketch: JSON.stringify(sketch), compared: 0 })
    .execute();
  const rows = sketch.slice(0, lookedUp).map((hash) => ({ submission_id: id, hash }));
  // A text without a word in it has none.
  if (rows.length > 0) await trx.insertInto('sketches').values(rows).execute();
}

/**
 * Flags a submission where an earlier one has nearly the same text. Nothing is locked while texts are looked for and
 * compared, and none is missed all the same: each is looked for after it is on record, so of two that are written at once,
 * the later one finds the earlier one. That it is still to be done is on record too, for whoever writes next.
 */
export async function compareText(db: Database, state: Pick<SubmissionState, 'id' | 'original'>): Promise<void> {
  const { id } = state;
  const similar = await similarTo(db, id);
  if (similar === undefined) return;
  if (similar.others.length > 0) await flag(db, state, similar.others);
  await db.updateTable('texts').set({ compared: 1 }).where('submission_id', '=', id).execute();
}

/** Ids of earlier submissions with nearly the same text; nothing, where that was found out before. It only reads. */
export async function similarTo(db: Database, id: SubmissionId): Promise<{ others: string[] } | undefined> {
  const own = await db
    .selectFrom('texts')
    .select(['number', 'sketch'])
    .where('submission_id', '=', id)
    .where('compared', '=', 0)
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const sketch: number[] = JSON.parse(own.sketch);
  const others = (await candidates(db, id, sketch))
    .filter(({ number, sketch: other }) => number < own.number && likeness(sketch, JSON.parse(other)) >= nearlySame)
    .map(({ submission_id }) => submission_id);
  return { others: others.slice(0, mostOthers) };
}

/** The most promising ones first. */
async function candidates(db: Database, id: SubmissionId, sketch: readonly number[]) {
  const [first, ...more] = sketch.slice(0, lookedUp).map((hash) => withHash(db, id, hash));
  if (first === undefined) return [];
  const rows = await more.reduce((all, next) => all.unionAll(next), first).execute();
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.submission_id, (counts.get(row.submission_id) ?? 0) + 1);
  const promising = [...counts]
    .filter(([, count]) => count >= Math.min(worthComparing, sketch.length))
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2 * mostOthers)
    .map(([other]) => other);
  if (promising.length === 0) return [];
  return db
    .selectFrom('texts')
    .select(['submission_id', 'number', 'sketch'])
    .where('submission_id', 'in', promising)
    .execute();
}

function withHash(db: Database, id: SubmissionId, hash: number) {
  const found = db
    .selectFrom('sketches')
    .select('submission_id')
    .where('hash', '=', hash)
    .where('submission_id', '!=', id)
    .orderBy('submission_id')
    .limit(mostOfOneHash);
  return db.selectFrom(found.as('found')).select('submission_id');
}

/** It is a change as any other, so that whoever follows them hears of it. The others may have been erased meanwhile. */
async function flag(
  db: Database,
  state: Pick<SubmissionState, 'id' | 'original'>,
  others: readonly string[],
): Promise<void> {
  const { id } = state;
  await change(db, state, async (trx, number) => {
    await trx
      .insertInto('flags')
      .columns(['submission_id', 'flag', 'other_id'])
      .expression((row) =>
        row
          .selectFrom('submissions')
          .select([sql<string>`${id}`.as('submission_id'), sql<'similar-text'>`'similar-text'`.as('flag'), 'id'])
          .where('id', 'in', others),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx.updateTable('submissions').set({ change: number }).where('id', '=', id).execute();
  });
}
