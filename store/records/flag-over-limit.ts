import { sql } from 'kysely';
import type { SubmissionRecord } from '../../contract/record.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Database } from '../database.ts';

/**
 * Flags a new submission whose speaker has as many others as the call allows. It is taken all the same: a refusal would tell
 * a stranger that the address is known (contract H43). A flag names a submission; this one names its own.
 */
export async function flagOverLimit(
  trx: Database,
  { submission, state }: SubmissionRecord,
  mostPerSpeaker: number | undefined,
): Promise<boolean> {
  if (mostPerSpeaker === undefined || state.original !== undefined) return false;
  const { id } = state;
  const { talks } = await trx
    .selectFrom('submissions')
    .select(sql<number>`count(distinct original)`.as('talks'))
    .where('speaker', '=', normalAddress(submission.speaker.email))
    .where('original', '!=', id)
    .where((row) => row.or([row('outcome', 'is', null), row('outcome', '!=', 'withdrawn')]))
    .executeTakeFirstOrThrow();
  if (Number(talks) < mostPerSpeaker) return false;
  await trx.insertInto('flags').values({ submission_id: id, flag: 'over-limit', other_id: id }).execute();
  return true;
}
