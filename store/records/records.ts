import { afterVerdict, type Parties, type SubmissionRecord } from '../../contract/record.ts';
import type { StageVerdict } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { change } from '../change.ts';
import type { Database } from '../database.ts';
import { writeAnnouncements } from '../feeds/announcements.ts';
import { writeCommands } from '../feeds/audit.ts';
import { type NewMessage, writeMessages } from '../messages/write-messages.ts';
import { compareText } from '../texts/compare-text.ts';
import { sketchOf } from '../texts/sketch.ts';
import { createFinding, type Found } from './find.ts';
import { findVerdict } from './verdicts.ts';
import { writeRecord } from './write-record.ts';

/** The records of submissions. They follow the workflows: an older state never replaces a newer one. */
export function createRecords(db: Database) {
  const finding = createFinding(db);

  return {
    find: (id: SubmissionId): Promise<Found> => finding.load(id),

    /**
     * Writes a record, unless the existing one is as new, has ended or is erased; and each message once.
     *
     * @param known the last revision that the writer knows to be on record
     */
    async keep(
      record: SubmissionRecord,
      messages: readonly NewMessage[] = [],
      { known } = { known: 0 },
    ): Promise<void> {
      const { state } = record;
      const sketch = await sketchOfNew(record);
      await change(db, state, async (trx, number) => {
        const row = await trx
          .selectFrom('submissions')
          .select('revision')
          .where('id', '=', state.id)
          .executeTakeFirst();
        await writeRecord(trx, number, record, sketch);
        await writeCommands(trx, number, state.id, state.commands ?? []);
        await writeAnnouncements(trx, state);
        await writeMessages(trx, state.id, messages, { known, isBehind: (row?.revision ?? 0) < known });
      });
      await compareText(db, state);
    },

    /** Writes a verdict, and the record with it. @returns the verdict that is recorded under the key */
    async keepVerdict(record: SubmissionRecord, verdict: StageVerdict, key: string): Promise<StageVerdict> {
      const { state } = record;
      const standing = await findVerdict(db, key);
      if (standing === undefined) {
        const now = { ...state, ...afterVerdict(state, verdict), revision: state.revision + 1 };
        const sketch = await sketchOfNew(record);
        await change(db, state, (trx, number) => writeRecord(trx, number, { ...record, state: now }, sketch));
      }
      // If the comparison fails, it is repeated after the next write.
      await compareText(db, state).catch(() => undefined);
      return standing ?? (await findVerdict(db, key)) ?? verdict;
    },

    async partiesOf(ids: readonly SubmissionId[]): Promise<Map<SubmissionId, Parties>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('submissions')
        .select(['id', 'parties'])
        .where('id', 'in', [...new Set(ids)])
        .execute();
      return new Map(rows.map(({ id, parties }) => [id, JSON.parse(parties)]));
    },
  };

  /** Made before anything is locked, since it takes time; only a new text needs one. */
  async function sketchOfNew({ submission, state }: SubmissionRecord): Promise<number[] | undefined> {
    const known = await db.selectFrom('submissions').select('id').where('id', '=', state.id).executeTakeFirst();
    return known ? undefined : sketchOf(submission);
  }
}
