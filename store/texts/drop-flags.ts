import type { Flag } from '../../contract/flags.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { writeChange } from '../feeds/changes.ts';

/** Of a submission, and those of others that name it: whoever follows the changes is told of them. */
export async function dropFlags(trx: Database, id: SubmissionId, flag: Flag): Promise<void> {
  const flagged = await trx
    .deleteFrom('flags')
    .where('flag', '=', flag)
    .where((row) => row.or([row('submission_id', '=', id), row('other_id', '=', id)]))
    .returning('submission_id')
    .execute();
  const others = new Set(flagged.map((row) => row.submission_id).filter((other) => other !== id));
  if (others.size > 0) await writeChange(trx, ...others);
}
