import { normalAddress } from '../contract/normal-address.ts';
import type { Submission } from '../contract/submission.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

/** `address`, of somebody who was asked for, stands beside that of one of the submission's speakers in `other`. */
export type CoAuthorship = { id: string; address: string; other: string };

/** Of one address with one submission, so many talks: as many as a person looks at, however many somebody sends in. */
const mostOthers = 5;

/** Remembers who is behind a submission. */
export async function noteSpeakers(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  const { speaker, coSpeakers = [] } = submission;
  const main = normalAddress(speaker.email);
  const addresses = new Set([main, ...coSpeakers.map(({ email }) => normalAddress(email))]);
  const rows = [...addresses].map((address) => ({ submission_id: id, address, is_main: address === main ? 1 : 0 }));
  await trx.insertInto('speakers').values(rows).execute();
}

/** The latest other submissions of the same speaker. */
export function othersOfSpeaker(trx: Database, id: SubmissionId, { speaker }: Submission, most: number) {
  return trx
    .selectFrom('speakers')
    .innerJoin('submissions', 'submissions.id', 'speakers.submission_id')
    .select('submissions.id')
    .where('speakers.address', '=', normalAddress(speaker.email))
    .where('speakers.is_main', '=', 1)
    .where('submissions.id', '!=', id)
    .orderBy('submissions.change', 'desc')
    .limit(most)
    .execute();
}

/** Finds which of some addresses are named together with a speaker of some submissions, in other ones: one query. */
export function createCoAuthorships(db: Database) {
  return async (ids: readonly string[], addresses: readonly string[]): Promise<CoAuthorship[]> => {
    if (ids.length === 0 || addresses.length === 0) return [];
    return db
      .with('found', (cte) =>
        cte
          .selectFrom('speakers as own')
          .innerJoin('speakers as shared', 'shared.address', 'own.address')
          .innerJoin('speakers as named', 'named.submission_id', 'shared.submission_id')
          .select(['own.submission_id as id', 'named.address', 'named.submission_id as other'])
          .where('own.submission_id', 'in', ids)
          .where('named.address', 'in', addresses)
          .whereRef('named.submission_id', '!=', 'own.submission_id')
          .whereRef('named.address', '!=', 'own.address')
          .distinct(),
      )
      .with('numbered', (cte) =>
        cte
          .selectFrom('found')
          .selectAll()
          .select((row) =>
            row.fn
              .agg<number>('row_number')
              .over((window) => window.partitionBy(['id', 'address']).orderBy('other'))
              .as('number'),
          ),
      )
      .selectFrom('numbered')
      .select(['id', 'address', 'other'])
      .where('number', '<=', mostOthers)
      .orderBy('id')
      .orderBy('address')
      .orderBy('other')
      .execute();
  };
}
