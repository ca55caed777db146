import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Database } from '../database.ts';

/** A submission that names two people beside each other, by the normal form of their addresses. */
export type CoAuthorship = { address: string; beside: string; submission_id: string };

/** Of two addresses, so many submissions: as many as a person looks at, however many somebody sends in. */
const mostOfTwo = 5;

/** Remembers who is named beside whom. */
export async function noteCoSpeakers(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  const { speaker, coSpeakers = [] } = submission;
  const addresses = [...new Set([speaker, ...coSpeakers].map(({ email }) => normalAddress(email)))];
  const rows = addresses.flatMap((address) =>
    addresses.filter((beside) => beside !== address).map((beside) => ({ address, beside, submission_id: id })),
  );
  if (rows.length > 0) await trx.insertInto('co_speakers').values(rows).execute();
}

export function createCoSpeakers(db: Database) {
  /** Finds the submissions that name one of some addresses beside one of others: one query, of an index alone. */
  async function find(addresses: readonly string[], beside: readonly string[]): Promise<CoAuthorship[]> {
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
      .where('number', '<=', mostOfTwo)
      .orderBy('address')
      .orderBy('beside')
      .orderBy('submission_id')
      .execute();
  }

  return { find };
}
