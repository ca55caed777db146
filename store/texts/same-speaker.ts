import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Database } from '../database.ts';
import { mostFlagged } from './similar-to.ts';

export async function flagSameSpeaker(trx: Database, id: SubmissionId, submission: Submission): Promise<void> {
  const others = await trx
    .selectFrom('submissions')
    .select('id')
    .where('speaker', '=', normalAddress(submission.speaker.email))
    .where('id', '!=', id)
    .orderBy('change', 'desc')
    .limit(mostFlagged)
    .execute();
  const found = others.map((other) => ({ submission_id: id, flag: 'same-speaker' as const, other_id: other.id }));
  if (found.length > 0) await trx.insertInto('flags').values(found).execute();
}
