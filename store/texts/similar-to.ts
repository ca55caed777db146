import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { likeness } from './sketch.ts';

/** Maximum of flags per submission. */
export const mostFlagged = 10;

/** Hashes of a sketch that are indexed. Two nearly equal texts share about half of them. */
export const lookedUp = 12;

/** Shared hashes from which two texts are compared: unrelated texts share none. */
const worthComparing = 2;

/** Maximum of texts read per hash: reading all of 10,000 that begin alike would take a second. */
const mostOfOneHash = 50;

/** Likeness from 0 to 1. An edited text has about 0.5, another person's on the same subject 0.03. */
const nearlySame = 0.4;

/** Finds earlier submissions with nearly the same text; `undefined` if it was compared before. Only reads. */
export async function similarTo(db: Database, id: SubmissionId): Promise<SubmissionId[] | undefined> {
  const own = await db
    .selectFrom('texts')
    .select(['change', 'sketch'])
    .where('submission_id', '=', id)
    .where('is_compared', '=', 0)
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const sketch: number[] = JSON.parse(own.sketch);
  return (await candidates(db, id, sketch))
    .filter(({ change, sketch: other }) => change < own.change && likeness(sketch, JSON.parse(other)) >= nearlySame)
    .map(({ submission_id }) => submission_id)
    .slice(0, mostFlagged);
}

async function candidates(db: Database, id: SubmissionId, sketch: readonly number[]) {
  const [first, ...more] = sketch.slice(0, lookedUp).map((hash) => withHash(db, id, hash));
  if (first === undefined) return [];
  const rows = await more.reduce((all, next) => all.unionAll(next), first).execute();
  const counts = new Map<SubmissionId, number>();
  for (const row of rows) counts.set(row.submission_id, (counts.get(row.submission_id) ?? 0) + 1);
  const promising = [...counts]
    .filter(([, count]) => count >= Math.min(worthComparing, sketch.length))
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2 * mostFlagged)
    .map(([other]) => other);
  if (promising.length === 0) return [];
  return db
    .selectFrom('texts')
    .select(['submission_id', 'change', 'sketch'])
    .where('submission_id', 'in', promising)
    .execute();
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
