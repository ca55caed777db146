import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { likeness } from './sketch.ts';

/** Maximum of flags per submission. */
export const mostFlagged = 10;

/** Hashes of a sketch that are indexed. Two nearly equal texts share about half of them. */
export const lookedUp = 8;

/** Shared hashes from which two texts are compared: unrelated texts share none. Of those with a likeness of 0.5, 0.4 % share fewer. */
const worthComparing = 2;

/** Maximum of texts read per hash: reading all of 10,000 that begin alike would take a second. */
const mostOfOneHash = 50;

/** Likeness from 0 to 1. An edited text has about 0.5, another person's on the same subject 0.03. */
const nearlySame = 0.4;

/** Two submissions with nearly the same text, in the order in which they were written. */
export type Pair = { later: SubmissionId; earlier: SubmissionId };

/** Finds submissions whose text is nearly the same as that of one on record. */
export async function similarTo(db: Database, id: SubmissionId, sketch: readonly number[]): Promise<Pair[]> {
  const promising = await candidates(db, id, sketch);
  if (promising.length === 0) return [];
  const texts = await db
    .selectFrom('texts')
    .select(['place', 'submission_id', 'sketch'])
    .where('submission_id', 'in', [id, ...promising])
    .execute();
  const own = texts.find((text) => text.submission_id === id);
  if (own === undefined) return [];
  return texts
    .filter((text) => text !== own && likeness(sketch, JSON.parse(text.sketch)) >= nearlySame)
    .map((text) => (text.place < own.place ? { later: own, earlier: text } : { later: text, earlier: own }))
    .map(({ later, earlier }) => ({ later: later.submission_id, earlier: earlier.submission_id }))
    .slice(0, mostFlagged);
}

async function candidates(db: Database, id: SubmissionId, sketch: readonly number[]): Promise<SubmissionId[]> {
  const [first, ...more] = sketch.slice(0, lookedUp).map((hash) => withHash(db, id, hash));
  if (first === undefined) return [];
  const rows = await more.reduce((all, next) => all.unionAll(next), first).execute();
  const counts = new Map<SubmissionId, number>();
  for (const row of rows) counts.set(row.submission_id, (counts.get(row.submission_id) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= Math.min(worthComparing, sketch.length))
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2 * mostFlagged)
    .map(([other]) => other);
}

function withHash(db: Database, id: SubmissionId, hash: number) {
  const found = db
    .selectFrom('sketch_hashes')
    .select('submission_id')
    .where('hash', '=', hash)
    .where('submission_id', '!=', id)
    .orderBy('submission_id')
    .limit(mostOfOneHash);
  return db.selectFrom(found.as('found')).select('submission_id');
}
