import { sql } from 'kysely';
import type { Command } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { nextNumber } from '../next-number.ts';
import { everything, isSeen, type Sight, seenRows } from '../sight.ts';
import { mayKnowErased } from './changes.ts';

/** Who does it, and why. */
export type Actor = { by: string; reason?: string };

export type Entry = Actor & { id: string; at: string; command: string; submission?: SubmissionId; detail?: string };

/** Writes who did what, when and why. Again, under the same id, it is the same command. */
export async function noteCommand(trx: Database, number: number, entry: Entry): Promise<void> {
  const { id, at, by, command, submission = null, reason = null, detail = null } = entry;
  await trx
    .insertInto('audit')
    .values({ id, number, at, by, command, submission_id: submission, reason, detail })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Those that a submission's workflow has taken. */
export async function noteCommands(
  trx: Database,
  number: number,
  submission: SubmissionId,
  commands: readonly Command[],
): Promise<void> {
  for (const { number: at, command, ...more } of commands)
    await noteCommand(trx, number, { id: `${submission}:${at}`, command, submission, ...more });
}

type Subject = { submission_id: string | null; parties: string | null; kept_from: string | null };

/** What is about no submission is for all; what is about one that nothing can be known of any more, for nobody. */
function mayShow({ submission_id, parties, kept_from }: Subject, sight: Sight): boolean {
  if (submission_id === null || sight === everything) return true;
  if (parties !== null) return isSeen(sight, { parties });
  return kept_from !== null && mayKnowErased(sight, { kept_from });
}

export function createAudit(db: Database) {
  return {
    /** Of a command that no submission's workflow takes. */
    add: (entry: Entry) => db.transaction().execute(async (trx) => noteCommand(trx, await nextNumber(trx), entry)),

    /** In the order in which they came on record, some at a time. */
    async after(number: number, id: string, size: number, sight: Sight) {
      const rows = await seenRows<Awaited<ReturnType<typeof read>>[number]>(
        size,
        (last, count) => read(last ?? { number, id }, count),
        (row) => mayShow(row, sight),
      );
      return rows.map(({ parties: _, kept_from: __, ...row }) => row);
    },
  };

  function read({ number, id }: { number: number; id: string }, count: number) {
    return db
      .selectFrom('audit')
      .leftJoin('submissions', 'submissions.id', 'audit.submission_id')
      .leftJoin('erasures', 'erasures.id', 'audit.submission_id')
      .selectAll('audit')
      .select(['parties', 'kept_from'])
      .where(sql<boolean>`(audit.number, audit.id) > (${number}, ${id})`)
      .orderBy('audit.number')
      .orderBy('audit.id')
      .limit(count)
      .execute();
  }
}
