import type { Parties, SubmissionRecord } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Kept, Writer } from '../../contract/workflow/recordable.ts';
import { change } from '../change.ts';
import type { Database } from '../database.ts';
import { writeAnnouncements } from '../feeds/announcements.ts';
import { writeCommands } from '../feeds/audit.ts';
import { type NewMessage, writeMessages } from '../messages/write-messages.ts';
import { writeTakenSlot } from '../slots/freed-slots.ts';
import { compareText } from '../texts/compare-text.ts';
import { sketchOf } from '../texts/sketch.ts';
import { createFinding, type Found } from './find.ts';
import { writeRecord } from './write-record.ts';

/** The records of submissions. They follow the workflows: an older state never replaces a newer one. */
export function createRecords(db: Database) {
  const finding = createFinding(db);

  return {
    find: (id: SubmissionId): Promise<Found> => finding.load(id),

    /** Writes a record with its messages, in one transaction, unless it is behind what is on record, or erased. */
    async keep(record: SubmissionRecord, messages: readonly NewMessage[], writer: Writer): Promise<Kept> {
      const { state } = record;
      const sketch = await sketchOfNew(record);
      let kept: Kept = { kind: 'erased' };
      await change(db, state, async (trx, number) => {
        kept = await writeRecord(trx, number, record, writer, sketch);
        if (kept.kind !== 'kept') return;
        await writeCommands(trx, number, state.id, state.commands ?? []);
        await writeAnnouncements(trx, state);
        await writeTakenSlot(trx, state);
        await writeMessages(trx, state.id, messages);
      });
      await compareText(db, state).catch(() => undefined);
      return kept;
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
