import { announcing } from '../../contract/mail/releases.ts';
import type { Outcome } from '../../contract/outcomes.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { nextNumber } from '../next-number.ts';
import { parsed } from '../parsed.ts';
import { isSeen, type Sight, seenRows } from '../sight.ts';

export async function writeAnnouncements(trx: Database, { id, releases = [] }: SubmissionState): Promise<void> {
  const outcomes: Partial<Record<string, Outcome>> = announcing;
  for (const { name, at } of releases) {
    const outcome = outcomes[name];
    if (outcome === undefined) continue;
    const known = await trx
      .selectFrom('announcements')
      .select('number')
      .where('submission_id', '=', id)
      .where('release', '=', name)
      .executeTakeFirst();
    if (known) continue;
    const row = { number: await nextNumber(trx), submission_id: id, release: name, outcome, announced_at: at };
    await trx.insertInto('announcements').values(row).execute();
  }
}

export function createAnnouncements(db: Database) {
  type Row = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number];

  return {
    async last(sight: Sight): Promise<ChangeNumber | undefined> {
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
      const [first, second] = await seenRows<Row>(
        2,
        (last, count) => {
          const query = all().orderBy('number').limit(count);
          const from = last?.number ?? number;
          return (from === undefined ? query : query.where('number', '>', from)).execute();
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
      .select(['number', 'announcements.outcome', 'announced_at', 'parties', 'submission', 'state']);
  }
}
