import { findingsIn, type SubmissionRecord } from '../../contract/record.ts';
import type { Database } from '../database.ts';
import { rememberText } from '../texts/compare-text.ts';
import { flagSameSpeaker } from '../texts/same-speaker.ts';
import { together } from '../together.ts';
import { writeCoSpeakers } from './co-speakers.ts';
import type { Talk } from './find-talk.ts';
import { flagOverLimit } from './flag-over-limit.ts';
import { rowOf } from './record-row.ts';
import { shareConflicts } from './share-conflicts.ts';

type Writing = { run: string; sketch: () => readonly number[]; talk: Talk; mostPerSpeaker: number | undefined };

/** Returns whether its speaker has more talks than the call allows. */
export async function writeRecord(
  trx: Database,
  record: SubmissionRecord,
  { run, sketch, talk, mostPerSpeaker }: Writing,
): Promise<{ isOverLimit: boolean }> {
  const { submission, state } = record;
  const parties = await shareConflicts(trx, record, talk);
  const { id, ...row } = { ...rowOf(record), run, parties: JSON.stringify(parties) };
  await trx
    .insertInto('submissions')
    .values({ id, ...row })
    // The id isn't set: PostgreSQL would keep those waiting who write what refers to it.
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  const isNew = talk.standing === undefined;
  const [isFlagged] = await together([
    isNew && flagOverLimit(trx, record, mostPerSpeaker),
    writeFindings(trx, state),
    ...(isNew
      ? [
          writeCoSpeakers(trx, state.id, submission),
          flagSameSpeaker(trx, state.id, submission),
          rememberText(trx, state.id, sketch()),
        ]
      : []),
  ]);
  return { isOverLimit: isFlagged || talk.isOverLimit };
}

/** Findings stay, whatever is decided later. */
async function writeFindings(trx: Database, state: SubmissionRecord['state']): Promise<void> {
  const rows = findingsIn(state).map(({ check }) => ({ submission_id: state.id, found_by: check }));
  if (rows.length === 0) return;
  await trx
    .insertInto('findings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
