import type { Parties, SubmissionRecord } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { withTextsOf } from '../../contract/with-texts-of.ts';
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
import { findStanding, placeOf, type Standing } from './standing.ts';
import { writeRecord } from './write-record.ts';

/** Messages, or what makes them of the whole record: what a workflow sends may lack texts that are on record. */
type MessagesOf = readonly NewMessage[] | ((record: SubmissionRecord) => readonly NewMessage[]);

/** The records of submissions, and the register of what was told: an outcome never changes, whatever a workflow says. */
export function createRecords(db: Database) {
  const finding = createFinding(db);

  return {
    find: (id: SubmissionId): Promise<Found> => finding.load(id),

    standing: (id: SubmissionId): Promise<Standing | undefined> => findStanding(db, id),

    /** Writes a record, unless the one on record is ahead; and each of its messages once, if it was kept. */
    async keep(record: SubmissionRecord, messages: MessagesOf, writer: Writer): Promise<Kept> {
      const { id } = record.state;
      const sketch = await sketchOfNew(record);
      const kept = await change(db, record.state, async (trx, number): Promise<Kept> => {
        const standing = await findStanding(trx, id);
        const place = placeOf(record.state, writer, standing);
        if (place === 'on-record' && standing) return { kind: 'kept', state: standing.state };
        if (place === 'behind' && standing) return { kind: 'ahead', state: standing.state };
        const whole = { ...record, state: withTextsOf(record.state, standing?.state) };
        await writeRecord(trx, number, whole, { run: writer.run, sketch });
        await writeCommands(trx, number, id, record.state.commands ?? []);
        await writeAnnouncements(trx, record.state);
        const { known } = writer;
        const isBehind = (standing?.revision ?? 0) < known;
        await writeMessages(trx, id, typeof messages === 'function' ? messages(whole) : messages, { known, isBehind });
        await writeTakenSlot(trx, record.state);
        return { kind: 'kept', state: whole.state };
      });
      if (kept?.kind === 'kept') await compareText(db, record.state);
      return kept ?? { kind: 'erased' };
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
