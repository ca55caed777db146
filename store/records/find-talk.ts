import type { Parties } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { together } from '../together.ts';
import { type Standing, standingIn } from './standing.ts';

/** `records`: all with the same original. `standing`: the record itself, if there is one. */
export type Talk = {
  isErased: boolean;
  isOverLimit: boolean;
  standing: Standing | undefined;
  records: { id: SubmissionId; parties: Parties }[];
};

/** All that a write of a record depends on. */
export async function findTalk(trx: Database, id: SubmissionId, original: SubmissionId): Promise<Talk> {
  const [erased, rows] = await together([
    trx.selectFrom('erasures').select('id').where('id', 'in', [id, original]).execute(),
    trx
      .selectFrom('submissions')
      // Each has this flag once at most: it names the submission itself.
      .leftJoin('flags', (on) =>
        on.onRef('flags.submission_id', '=', 'submissions.id').on('flags.flag', '=', 'over-limit'),
      )
      .select(['submissions.id', 'run', 'revision', 'state', 'parties', 'flags.flag'])
      .where('original', '=', original)
      .execute(),
  ]);
  const own = rows.find((row) => row.id === id);
  return {
    isErased: erased.length > 0,
    isOverLimit: own !== undefined && own.flag !== null,
    standing: own && standingIn(own),
    records: rows.map((row) => ({ id: row.id, parties: JSON.parse(row.parties) })),
  };
}
