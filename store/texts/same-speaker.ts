import { sql } from 'kysely';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Database } from '../database.ts';
import { dropFlags } from './drop-flags.ts';
import { mostFlagged } from './similar-to.ts';

/** Flags a new submission if its speaker has others. */
export async function flagSameSpeaker(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  await trx
    .insertInto('flags')
    .columns(['submission_id', 'flag', 'other_id'])
    .expression((row) =>
      row
        .selectFrom('submissions')
        .select([sql<SubmissionId>`${id}`.as('submission_id'), sql<'same-speaker'>`'same-speaker'`.as('flag'), 'id'])
        .where('speaker', '=', normalAddress(submission.speaker.email))
        .where('id', '!=', id)
        .orderBy('created_at', 'desc')
        .limit(mostFlagged),
    )
    .execute();
}

/** After a change of the address: the flags of the former one are no longer true. */
export async function flagOtherSpeaker(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  await dropFlags(trx, id, 'same-speaker');
  await flagSameSpeaker(trx, id, submission);
}
