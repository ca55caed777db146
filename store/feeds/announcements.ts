import { announcing } from '../../contract/mail/releases.ts';
import type { Outcome } from '../../contract/outcomes.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Database } from '../database.ts';
import { nextNumber } from '../next-number.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

type Row = {
  number: number;
  outcome: Outcome;
  announced_at: string;
  parties: string;
  submission: string;
  state: string;
};

/** Puts what was told of the outcome into the order in which others hear of it: each once, with a number of its own. */
export async function noteAnnounced(trx: Database, { id, releases = [] }: SubmissionState): Promise<void> {
  const outcomes: Partial<Record<string, Outcome>> = announcing;
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

export function createAnnouncements(db: Database) {
  return {
    /** The number of the last one that a person may see: what comes on record from now on has a higher one. */
    async last(sight: Sight): Promise<number> {
      const [last] = await seenRows<Row>(
        1,
        (before, count) => {
          const query = announced().orderBy('announced.number', 'desc').limit(count);
          return (before ? query.where('announced.number', '<', before.number) : query).execute();
        },
        (row) => isSeen(sight, row),
      );
      return last?.number ?? 0;
    },

    /** The first one after a number that a person may see, and whether there is another one behind it. */
    async after(number: number, sight: Sight) {
      const [first, second] = await seenRows<Row>(
        2,
        (last, count) =>
          announced()
            .where('announced.number', '>', last?.number ?? number)
            .orderBy('announced.number')
            .limit(count)
            .execute(),
        (row) => isSeen(sight, row),
      );
      if (first === undefined) return undefined;
      const { number: own, outcome, announced_at } = first;
      return { number: own, outcome, announced_at, ...parsed(first), hasMore: second !== undefined };
    },
  };

  function announced() {
    return db
      .selectFrom('announced')
      .innerJoin('submissions', 'submissions.id', 'announced.submission_id')
      .select(['announced.number', 'announced.outcome', 'announced_at', 'parties', 'submission', 'state']);
  }
}
