import { announcing } from '../contract/releases.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Database } from './database.ts';
import { nextNumber } from './next-number.ts';
import { parsed } from './parsed.ts';

/** Puts what was told of the outcome into the order in which others hear of it: each once, with a number of its own. */
export async function noteAnnounced(trx: Database, { id, releases = [] }: SubmissionState): Promise<void> {
  const outcomes: Partial<Record<string, string>> = announcing;
  for (const { name, at } of releases) {
    const outcome = outcomes[name];
    if (outcome === undefined) continue;
    const known = await trx
      .selectFrom('announced')
      .select('number')
      .where('submission_id', '=', id)
      .where('release', '=', name)
      .executeTakeFirst();
    if (known) continue;
    const row = { number: await nextNumber(trx), submission_id: id, release: name, outcome, announced_at: at };
    await trx.insertInto('announced').values(row).execute();
  }
}

export function createAnnounced(db: Database) {
  return {
    /** The last number that was given: what comes on record from now on has a higher one. */
    async lastNumber(): Promise<number> {
      const { number } = await db.selectFrom('changes').select('number').executeTakeFirstOrThrow();
      return number;
    },

    /** The first one after a number, and whether there is another one behind it. */
    async announcedAfter(number: number) {
      const [first, second] = await db
        .selectFrom('announced')
        .innerJoin('submissions', 'submissions.id', 'announced.submission_id')
        .select(['announced.number', 'announced.outcome', 'announced_at', 'submission', 'state'])
        .where('announced.number', '>', number)
        .orderBy('announced.number')
        .limit(2)
        .execute();
      if (first === undefined) return undefined;
      return { ...first, ...parsed(first), hasMore: second !== undefined };
    },
  };
}
