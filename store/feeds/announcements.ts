import { announcing } from '../../contract/mail/releases.ts';
import type { Outcome } from '../../contract/outcomes.ts';
import type { SubmissionState } from '../../contract/state.ts';
import { beforeTheFirst, type ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';
import { numberEntries } from './number-entries.ts';

/** Writes each announcement once. */
export async function writeAnnouncements(trx: Database, { id, releases = [] }: SubmissionState): Promise<void> {
  const outcomes: Partial<Record<string, Outcome>> = announcing;
  const rows = releases.flatMap(({ name, at }) => {
    const outcome = outcomes[name];
    return outcome === undefined ? [] : [{ submission_id: id, release: name, outcome, announced_at: at }];
  });
  if (rows.length === 0) return;
  await trx
    .insertInto('announcements')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['submission_id', 'release']).doNothing())
    .execute();
}

export function createAnnouncements(db: Database) {
  type Row = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number];

  return {
    async last(sight: Sight): Promise<ChangeNumber | undefined> {
      await numberEntries(db, 'announcements');
      const [last] = await seenRows<Row>(
        1,
        (before, count) => {
          const query = all().orderBy('number', 'desc').limit(count);
          return (before ? query.where('number', '<', before.number) : query).execute();
        },
        (row) => isSeen(sight, row),
      );
      return last?.number;
    },

    /** The first announcement after a number, and whether there are more. */
    async after(number: ChangeNumber | undefined, sight: Sight) {
      await numberEntries(db, 'announcements');
      const [first, second] = await seenRows<Row>(
        2,
        (last, count) => {
          const from = last?.number ?? number ?? beforeTheFirst;
          return all().orderBy('number').limit(count).where('number', '>', from).execute();
        },
        (row) => isSeen(sight, row),
      );
      if (first === undefined) return undefined;
      const { number: own, outcome, announced_at } = first;
      return { number: own, outcome, announced_at, ...parsed(first), hasMore: second !== undefined };
    },
  };

  function all() {
    return db
      .selectFrom('announcements')
      .innerJoin('submissions', 'submissions.id', 'announcements.submission_id')
      .select(['number', 'announcements.outcome', 'announced_at', 'parties', 'submission', 'state'])
      .where('number', 'is not', null)
      .$narrowType<{ number: ChangeNumber }>();
  }
}
