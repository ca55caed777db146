import { type Call, rulesOf } from '../../contract/call/call.ts';
import { initialState } from '../../contract/initial-state.ts';
import type { SubmissionRecord } from '../../contract/record.ts';
import type { Submission } from '../../contract/submission.ts';
import { openDatabase } from '../../store/database.ts';
import { rowOf } from '../../store/records/record-row.ts';
import { rememberText } from '../../store/texts/compare-text.ts';
import { sketchOf } from '../../store/texts/sketch.ts';
import { idOf } from './seed.ts';

/** Records per transaction, so that the lock is held for some tens of milliseconds. */
const chunk = 200;

/** Inserts records whose texts are compared with later ones. The database must have its tables. */
export async function seedTexts(location: string, records: readonly SubmissionRecord[]): Promise<void> {
  const db = openDatabase(location, () => undefined);
  try {
    for (let from = 0; from < records.length; from += chunk)
      await db.transaction().execute(async (trx) => {
        for (const record of records.slice(from, from + chunk)) {
          await trx
            .insertInto('submissions')
            .values({ ...rowOf(record), run: 'none' })
            .execute();
          await rememberText(trx, record.state.id, sketchOf(record.submission));
        }
      });
  } finally {
    await db.destroy();
  }
}

/** As it stands on record after its end. */
export function endedRecord(index: number, submission: Submission, call: Call): SubmissionRecord {
  const input = { id: idOf(index), createdAt: '2026-11-01T12:00:00.000Z', rules: rulesOf(call) };
  const course = { at: 'rejected', stage: 'moderation' } as const;
  const state = { ...initialState(input), revision: 1, course };
  return { submission, fingerprint: 'of-no-request', state };
}
