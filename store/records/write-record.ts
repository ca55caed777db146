import { conclusionOf, type SubmissionRecord } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Kept, Writer } from '../../contract/workflow/recordable.ts';
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
  writer: Writer,
  sketch?: readonly number[],
): Promise<Kept> {
  const { submission, state } = record;
  const existing = await trx
    .selectFrom('submissions')
    .select(['outcome', 'revision', 'run', 'state'])
    .where('id', '=', state.id)
    .executeTakeFirst();
  if (existing) {
    const recorded: SubmissionState = JSON.parse(existing.state);
    const outcome = conclusionOf(state)?.kind ?? null;
    const isToldOtherwise = existing.outcome !== null && existing.outcome !== outcome;
    if (isToldOtherwise || (existing.run !== writer.run && existing.revision > writer.known))
      return { kind: 'ahead', state: recorded };
    if (isLater(recorded, state)) return { kind: 'kept', state: recorded };
  }
  const { parties, isKnown } = await shareConflicts(trx, record);
  const row = { ...rowOf(record), change, run: writer.run, parties: JSON.stringify(parties) };
  await trx
    .insertInto('submissions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await writeFindings(trx, state);
  if (conclusionOf(state)?.kind === 'withdrawn') await freeQuota(trx, state.id);
  if (!isKnown) {
    await writeCoSpeakers(trx, state.id, submission);
    await flagSameSpeaker(trx, state.id, submission);
    if (sketch) await rememberText(trx, state.id, change, sketch);
  }
  return { kind: 'kept', state };
}

/** A write that was slow comes after later ones. One that was made in a task that Temporal threw away came before. */
function isLater(recorded: SubmissionState, { changedAt = '', revision }: SubmissionState): boolean {
  const { changedAt: last = '' } = recorded;
  return last === changedAt ? recorded.revision >= revision : last > changedAt;
}

/** Findings stay, whatever is decided later. */
async function writeFindings(trx: Database, { id, verdicts }: SubmissionRecord['state']): Promise<void> {
  const rows = verdicts
    .flatMap(({ findings = [] }) => findings)
    .map(({ check }) => ({ submission_id: id, found_by: check }));
  if (rows.length === 0) return;
  await trx
    .insertInto('findings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
