import type { Command } from '../contract/state.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';
import { nextNumber } from './next-number.ts';

/** Who does it, and why. */
export type Actor = { person: string; why?: string };

export type Entry = Actor & { id: string; at: string; command: string; submission?: SubmissionId; detail?: string };

/** Writes who did what, when and why. Again, under the same id, it is the same command. */
export async function noteCommand(trx: Database, number: number, entry: Entry): Promise<void> {
  const { id, at, person, command, submission = null, why = null, detail = null } = entry;
  await trx
    .insertInto('audit')
    .values({ id, number, at, person, command, submission_id: submission, why, detail })
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
  for (const { number: at, by: person, what: command, ...more } of commands)
    await noteCommand(trx, number, { id: `${submission}:${at}`, person, command, submission, ...more });
}

export function createAudit(db: Database) {
  return {
    /** Of a command that no submission's workflow takes. */
    note: (entry: Entry) => db.transaction().execute(async (trx) => noteCommand(trx, await nextNumber(trx), entry)),

    /** In the order in which they came on record, some at a time. */
    async commandsAfter(number: number, id: string, size: number) {
      return db
        .selectFrom('audit')
        .selectAll()
        .where((row) => row.or([row('number', '>', number), row.and([row('number', '=', number), row('id', '>', id)])]))
        .orderBy('number')
        .orderBy('id')
        .limit(size)
        .execute();
    },
  };
}
