import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

export type CoAuthorship = Tables['co_speakers'];

/** Maximum of submissions per pair of addresses, however many somebody submits. */
const mostOfOnePair = 5;

export async function writeCoSpeakers(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  const { speaker, coSpeakers = [] } = submission;
  const addresses = [...new Set([speaker, ...coSpeakers].map(({ email }) => normalAddress(email)))];
  const rows = addresses.flatMap((address) =>
    addresses.filter((beside) => beside !== address).map((beside) => ({ address, beside, submission_id: id })),
  );
  if (rows.length > 0) await trx.insertInto('co_speakers').values(rows).execute();
}

export function createCoSpeakers(db: Database) {
  return {
    /** Reads only an index, with one query. */
    async find(addresses: readonly string[], beside: readonly string[]): Promise<CoAuthorship[]> {
      if (addresses.length === 0 || beside.length === 0) return [];
      return db
        .with('numbered', (cte) =>
          cte
            .selectFrom('co_speakers')
            .selectAll()
            .select((row) =>
              row.fn
                .agg<number>('row_number')
                .over((window) => window.partitionBy(['address', 'beside']).orderBy('submission_id'))
                .as('number'),
            )
            .where('address', 'in', addresses)
            .where('beside', 'in', beside),
        )
        .selectFrom('numbered')
        .select(['address', 'beside', 'submission_id'])
        .where('number', '<=', mostOfOnePair)
        .orderBy('address')
        .orderBy('beside')
        .orderBy('submission_id')
        .execute();
    },
  };
}
