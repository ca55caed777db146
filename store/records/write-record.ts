import type { ExpressionBuilder } from 'kysely';
import type { SubmissionRecord } from '../../contract/record.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { freeQuota } from '../quota.ts';
import type { Tables } from '../tables.ts';
import { rememberText } from '../texts/compare-text.ts';
import { flagSameSpeaker } from '../texts/same-speaker.ts';
import { writeCoSpeakers } from './co-speakers.ts';
import { rowOf } from './record-row.ts';
import { shareConflicts } from './share-conflicts.ts';
import { writeVerdicts } from './verdicts.ts';

export async function writeRecord(
  trx: Database,
  change: ChangeNumber,
  record: SubmissionRecord,
  sketch?: readonly number[],
): Promise<void> {
  const { submission, state } = record;
  const { parties, isKnown } = await shareConflicts(trx, record);
  const row = { ...rowOf(record), change, parties: JSON.stringify(parties) };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('submissions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where(isBefore(row)))
    .executeTakeFirstOrThrow();
  const isNewer = numInsertedOrUpdatedRows === 1n;
  await writeVerdicts(trx, state.id, state.verdicts, isNewer);
  await writeFindings(trx, state);
  if (isNewer && state.conclusion?.kind === 'withdrawn') await freeQuota(trx, state.id);
  if (isKnown) return;
  await writeCoSpeakers(trx, state.id, submission);
  await flagSameSpeaker(trx, state.id, submission);
  if (sketch) await rememberText(trx, state.id, change, sketch);
}

/**
 * Whether the existing row may be replaced. An outcome never changes; an end replaces everything that isn't an end, since
 * its revision may equal that of the verdict before it or, after a reset, be smaller.
 */
function isBefore({ outcome, is_over, revision }: Tables['submissions']) {
  return ({ eb, and, or }: ExpressionBuilder<Tables, 'submissions'>) => {
    const isOlder = eb('submissions.revision', '<', revision);
    const isOpen = eb('submissions.outcome', 'is', null);
    const isSame = and([eb('submissions.outcome', '=', outcome), ...(is_over === 1 ? [] : [isOlder])]);
    return and([eb('submissions.is_over', '=', 0), outcome === null ? and([isOpen, isOlder]) : or([isOpen, isSame])]);
  };
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
