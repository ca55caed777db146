import { conclusionOf, findingsIn, type SubmissionRecord } from '../../contract/record.ts';
import type { Database } from '../database.ts';
import { freeQuota } from '../quota.ts';
import { rememberText } from '../texts/compare-text.ts';
import { flagSameSpeaker } from '../texts/same-speaker.ts';
import { together } from '../together.ts';
import { writeCoSpeakers } from './co-speakers.ts';
import type { Talk } from './find-talk.ts';
import { rowOf } from './record-row.ts';
import { shareConflicts } from './share-conflicts.ts';

export async function writeRecord(
  trx: Database,
  record: SubmissionRecord,
  { run, sketch, talk }: { run: string; sketch: () => readonly number[]; talk: Talk },
): Promise<void> {
  const { submission, state } = record;
  const parties = await shareConflicts(trx, record, talk);
  const { id, ...row } = { ...rowOf(record), run, parties: JSON.stringify(parties) };
  await trx
    .insertInto('submissions')
    .values({ id, ...row })
    // The id isn't set: PostgreSQL would keep those waiting who write what refers to it.
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await together([
    writeFindings(trx, state),
    conclusionOf(state)?.kind === 'withdrawn' && freeQuota(trx, state.id),
    ...(talk.standing === undefined
      ? [
          writeCoSpeakers(trx, state.id, submission),
          flagSameSpeaker(trx, state.id, submission),
          rememberText(trx, state.id, sketch()),
        ]
      : []),
  ]);
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
