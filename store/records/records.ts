import { omitUndefined } from '../../contract/omit-undefined.ts';
import type { Parties, SubmissionRecord } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { normalAddress } from '../../contract/text/normal-address.ts';
import { withTextsOf } from '../../contract/with-texts-of.ts';
import type { Kept, Writer } from '../../contract/workflow/recordable.ts';
import type { Database } from '../database.ts';
import { eraseLine } from '../erasures/erase-line.ts';
import { writeAnnouncements } from '../feeds/announcements.ts';
import { entriesOf, writeEntries } from '../feeds/audit.ts';
import { writeChange } from '../feeds/changes.ts';
import { lock } from '../locks.ts';
import { type NewMessage, writeMessages } from '../messages/write-messages.ts';
import { writeTakenSlot } from '../slots/freed-slots.ts';
import { compareText } from '../texts/compare-text.ts';
import { sketchOf } from '../texts/sketch.ts';
import { together } from '../together.ts';
import { createFinding, type Found } from './find.ts';
import { findTalk } from './find-talk.ts';
import { findStanding, placeOf } from './standing.ts';
import { editedText, isNewTo, isOtherText, type Versioned } from './versions.ts';
import { writeRecord } from './write-record.ts';

/** What the records of others say about one. */
export type Noticed = { isOverLimit: boolean };

/** Messages, or what makes them of the whole record: what a workflow sends may lack texts that are on record. */
type MessagesOf = readonly NewMessage[] | ((record: SubmissionRecord, noticed: Noticed) => readonly NewMessage[]);

/** The records of submissions, and the register of what was told: an outcome never changes, whatever a workflow says. */
export function createRecords(db: Database) {
  const finding = createFinding(db);

  return {
    find: (id: SubmissionId): Promise<Found> => finding.load(id),

    standing: (id: SubmissionId) => findStanding(db, id),

    /**
     * Writes a record, unless the one on record is ahead; and each of its messages once, if it was kept.
     *
     * @param mostPerSpeaker how many talks of one speaker the call allows: a new one over that is flagged
     */
    async keep(
      record: Versioned,
      messages: MessagesOf,
      writer: Writer,
      mostPerSpeaker?: number | undefined,
    ): Promise<Kept> {
      const { id, original = id } = record.state;
      // Made before anything is locked, since it takes time; only a new text needs one, or one that was lost.
      const isNew = isNewTo(writer, record);
      const made = isNew ? sketchOf(record.submission) : undefined;
      const sketch = () => made ?? sketchOf(record.submission);
      // A writer who knows of the record has had an answer, and so a comparison.
      let isCompared = !isNew;
      const kept = await db.transaction().execute(async (trx): Promise<Kept> => {
        await lockRecord(trx, record);
        const talk = await findTalk(trx, id, original);
        if (talk.isErased) return { kind: 'erased' };
        const { standing } = talk;
        isCompared &&= standing !== undefined && !isOtherText(record.state, standing.state);
        const place = placeOf(record.state, writer, standing);
        if (place === 'on-record' && standing) return { kind: 'kept', state: standing.state };
        if (place === 'behind' && standing)
          return omitUndefined({
            kind: 'ahead' as const,
            state: standing.state,
            submission: await editedText(trx, standing.state),
          });
        const whole = { ...record, state: withTextsOf(record.state, standing?.state) };
        const noticed = await writeRecord(trx, whole, { run: writer.run, sketch, talk, mostPerSpeaker });
        const { known } = writer;
        const isBehind = (standing?.revision ?? 0) < known;
        const isProving = whole.state.proved === true && standing?.state.proved !== true;
        await together([
          writeChange(trx, id),
          writeEntries(trx, entriesOf(id, record.state.commands)),
          writeAnnouncements(trx, record.state),
          writeMessages(trx, id, typeof messages === 'function' ? messages(whole, noticed) : messages, {
            ...{ known, isBehind, isProving },
          }),
          writeTakenSlot(trx, record.state),
        ]);
        return { kind: 'kept', state: whole.state };
      });
      // A successor of an erased submission is erased when its record is written.
      if (kept.kind === 'erased') await eraseLine(db, { id, original }, new Date().toISOString());
      if (kept.kind === 'kept' && !isCompared) await compareText(db, id, sketch());
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
}

function lockRecord(trx: Database, { submission, state }: SubmissionRecord): Promise<void> {
  const { id, original = id } = state;
  const speaker = normalAddress(submission.speaker.email);
  return lock(trx, { shared: ['records'], alone: [`talk ${original}`, `speaker ${speaker}`] });
}
