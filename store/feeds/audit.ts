import { sql } from 'kysely';
import type { Command } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { ChangeNumber } from '../change-number.ts';
import type { Database } from '../database.ts';
import { nextNumber } from '../next-number.ts';
import { everything, isSeen, type Sight, seenRows } from '../sight.ts';
import type { Tables } from '../tables.ts';
import { mayKnowErased } from './changes.ts';

export type Actor = { by: string; reason?: string };

export type Entry = Actor & { id: string; at: string; command: string; submission?: SubmissionId; detail?: string };

export type AuditPosition = { number: ChangeNumber; id: string };

/** Writes who did what, when and why; once for each id. */
export async function writeCommand(trx: Database, number: ChangeNumber, entry: Entry): Promise<void> {
  const { id, at, by, command, submission = null, reason = null, detail = null } = entry;
  await trx
    .insertInto('audit')
    .values({ id, number, at, by, command, submission_id: submission, reason, detail })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function writeCommands(
  trx: Database,
  change: ChangeNumber,
  submission: SubmissionId,
  commands: readonly Command[],
): Promise<void> {
  // Two lines have one number if Temporal threw away the task of the first: its command was given, and not taken.
  for (const { number, ...command } of commands)
    await writeCommand(trx, change, { id: `${submission}:${number}:${command.at}`, submission, ...command });
}

/** Whether the closing of the call has begun. */
export async function hasClosing(db: Database): Promise<boolean> {
  const line = db.selectFrom('audit').select('id').where('command', '=', 'close-call').limit(1);
  return (await line.executeTakeFirst()) !== undefined;
}

export function createAudit(db: Database) {
  return {
    /** Writes a command that doesn't go through a submission's workflow. */
    add: (entry: Entry) => db.transaction().execute(async (trx) => writeCommand(trx, await nextNumber(trx), entry)),

    async after(position: AuditPosition | undefined, size: number, sight: Sight): Promise<Tables['audit'][]> {
      const rows = await seenRows<Awaited<ReturnType<typeof read>>[number]>(
        size,
        (last, count) => read(last ?? position, count),
        (row) => mayShow(row, sight),
      );
      return rows.map(({ parties: _, kept_from: __, ...row }) => row);
    },
  };

  function read(after: AuditPosition | undefined, count: number) {
    const query = db
      .selectFrom('audit')
      .leftJoin('submissions', 'submissions.id', 'audit.submission_id')
      .leftJoin('erasures', 'erasures.id', 'audit.submission_id')
      .selectAll('audit')
      .select(['parties', 'kept_from'])
      .orderBy('audit.number')
      .orderBy('audit.id')
      .limit(count);
    if (after === undefined) return query.execute();
    return query.where(sql<boolean>`(audit.number, audit.id) > (${after.number}, ${after.id})`).execute();
  }
}

type Subject = { submission_id: string | null; parties: string | null; kept_from: string | null };

/** Entries about no submission are shown to all; those about an unknown submission to nobody. */
function mayShow({ submission_id, parties, kept_from }: Subject, sight: Sight): boolean {
  if (submission_id === null || sight === everything) return true;
  if (parties !== null) return isSeen(sight, { parties });
  return kept_from !== null && mayKnowErased(sight, { kept_from });
}
