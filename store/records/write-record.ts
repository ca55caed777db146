import { findingsIn, type SubmissionRecord } from '../../contract/record.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import type { Database } from '../database.ts';
import { forgetText, rememberText } from '../texts/compare-text.ts';
import { flagOtherSpeaker, flagSameSpeaker } from '../texts/same-speaker.ts';
import { together } from '../together.ts';
import { writeCoSpeakers } from './co-speakers.ts';
import type { Talk } from './find-talk.ts';
import { flagOverLimit } from './flag-over-limit.ts';
import { rowOf } from './record-row.ts';
import { shareConflicts } from './share-conflicts.ts';
import { isOtherText, type Versioned, writeVersions } from './versions.ts';

type Writing = { run: string; sketch: () => readonly number[]; talk: Talk; mostPerSpeaker: number | undefined };

/** Returns whether its speaker has more talks than the call allows. */
export async function writeRecord(
  trx: Database,
  record: Versioned,
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
  const before = talk.standing?.state;
  const isEdited = isOtherText(state, before);
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
  if (isEdited) await writeVersions(trx, record);
  if (isEdited && before) await replaceText(trx, record, sketch());
  const speaker = talk.records.find(({ id: one }) => one === id)?.parties.speaker;
  if (speaker && normalAddress(speaker.email) !== row.speaker) await flagOtherSpeaker(trx, id, submission);
  return { isOverLimit: isFlagged || talk.isOverLimit };
}

/** What depends on the text: its findings and co-speakers, and what it is like. */
async function replaceText(trx: Database, { submission, state }: SubmissionRecord, sketch: readonly number[]) {
  const { id } = state;
  const found = findingsIn(state).map(({ check }) => check);
  const old = trx.deleteFrom('findings').where('submission_id', '=', id);
  await together([
    (found.length > 0 ? old.where('found_by', 'not in', found) : old).execute(),
    trx.deleteFrom('co_speakers').where('submission_id', '=', id).execute(),
    forgetText(trx, id),
  ]);
  await together([writeCoSpeakers(trx, id, submission), rememberText(trx, id, sketch)]);
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
