import type { Command } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { beforeTheFirst, type ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { everything, isSeen, type Sight, seenRows } from '../sight.ts';
import { mayKnowErased } from './changes.ts';
import { numberEntries } from './number-entries.ts';

export type Actor = { by: string; reason?: string };

export type Entry = Actor & { id: string; at: string; command: string; submission?: SubmissionId; detail?: string };

/** Writes who did what, when and why; once for each id. */
export async function writeEntries(trx: Database, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await trx
    .insertInto('audit')
    .values(
      entries.map(({ id, at, by, command, submission = null, reason = null, detail = null }) => ({
        ...{ id, at, by, command, submission_id: submission, reason, detail },
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export function entriesOf(submission: SubmissionId, commands: readonly Command[] = []): Entry[] {
  // Two lines have one number if Temporal threw away the task of the first: its command was given, and not taken.
  return commands.map(({ number, ...command }) => ({
    id: `${submission}:${number}:${command.at}`,
    submission,
    ...command,
  }));
}

/** Whether the closing of the call has begun. */
export async function hasClosing(db: Database): Promise<boolean> {
  const line = db.selectFrom('audit').select('id').where('command', '=', 'close-call').limit(1);
  return (await line.executeTakeFirst()) !== undefined;
}

export function createAudit(db: Database) {
  return {
    /** Writes a command that doesn't go through a submission's workflow. */
    add: (entry: Entry) => writeEntries(db, [entry]),

    /** Those of the entries with these ids that are there. */
    async known(ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.selectFrom('audit').select('id').where('id', 'in', ids).execute();
      return new Set(rows.map(({ id }) => id));
    },

    async after(number: ChangeNumber | undefined, size: number, sight: Sight) {
      await numberEntries(db, 'audit');
      const rows = await seenRows<Awaited<ReturnType<typeof read>>[number]>(
        size,
        (last, count) => read(last?.number ?? number ?? beforeTheFirst, count),
        (row) => mayShow(row, sight),
      );
      return rows.map(({ parties: _, kept_from: __, ...row }) => row);
    },
  };

  function read(after: ChangeNumber, count: number) {
    return db
      .selectFrom('audit')
      .leftJoin('submissions', 'submissions.id', 'audit.submission_id')
      .leftJoin('erasures', 'erasures.id', 'audit.submission_id')
      .select(['audit.number', 'audit.id', 'at', 'by', 'command', 'submission_id', 'reason', 'detail'])
      .select(['parties', 'kept_from'])
      .where('audit.number', '>', after)
      .orderBy('audit.number')
      .limit(count)
      .$narrowType<{ number: ChangeNumber }>()
      .execute();
  }
}

type Subject = { submission_id: string | null; parties: string | null; kept_from: string | null };

/** Entries about no submission are shown to all; those about an unknown submission to nobody. */
function mayShow({ submission_id, parties, kept_from }: Subject, sight: Sight): boolean {
  if (submission_id === null || sight === everything) return true;
  if (parties !== null) return isSeen(sight, { parties });
  return mayKnowErased(sight, { kept_from });
}
