import { conclusionOf, findingsIn, type SubmissionRecord } from '../../contract/record.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { freeQuota } from '../quota.ts';
import { rememberText } from '../texts/compare-text.ts';
import { flagSameSpeaker } from '../texts/same-speaker.ts';
import { writeCoSpeakers } from './co-speakers.ts';
import { rowOf } from './record-row.ts';
import { shareConflicts } from './share-conflicts.ts';

export async function writeRecord(
  trx: Database,
  change: ChangeNumber,
  record: SubmissionRecord,
  { run, sketch }: { run: string; sketch: readonly number[] | undefined },
): Promise<void> {
  const { submission, state } = record;
  const { parties, isKnown } = await shareConflicts(trx, record);
  const row = { ...rowOf(record), run, change, parties: JSON.stringify(parties) };
  await trx
    .insertInto('submissions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await writeFindings(trx, state);
  if (conclusionOf(state)?.kind === 'withdrawn') await freeQuota(trx, state.id);
  if (isKnown) return;
  await writeCoSpeakers(trx, state.id, submission);
  await flagSameSpeaker(trx, state.id, submission);
  if (sketch) await rememberText(trx, state.id, change, sketch);
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
