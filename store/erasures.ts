import { sql } from 'kysely';
import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import { type Actor, noteCommand } from './audit.ts';
import { change } from './change.ts';
import type { Database } from './database.ts';

/** What was erased: of each submission the fact alone, so that nothing brings it back. */
export function createErasures(db: Database, { isEmbedded }: { isEmbedded: boolean }) {
  return {
    /**
     * Leaves nothing of a submission but the fact that there was one. Whatever is to be kept afterwards is not.
     *
     * @param keptFrom names of the people who may not know of it
     */
    async erase(id: SubmissionId, at: string, by?: Actor, keptFrom: readonly string[] = []): Promise<void> {
      await change(db, id, async (trx, number) => {
        const fact = { id, change: number, erased_at: at, forgotten_at: null, kept_from: JSON.stringify(keptFrom) };
        await trx.insertInto('erasures').values(fact).execute();
        if (by) await noteCommand(trx, number, { id: `${id}:erase`, at, ...by, command: 'erase', submission: id });
        await trx.deleteFrom('submissions').where('id', '=', id).execute();
        await trx.deleteFrom('places').where('submission_id', '=', id).execute();
      });
      // Else it would stay readable in the log of the embedded database until that is full.
      if (isEmbedded) await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },

    /** All of them, with when they were. */
    async erased(): Promise<{ id: SubmissionId; at: string }[]> {
      const rows = await db.selectFrom('erasures').select(['id', 'erased_at']).execute();
      return rows.flatMap(({ id: text, erased_at: at }) => {
        const id = parseSubmissionId(text);
        return id === undefined ? [] : [{ id, at }];
      });
    },

    /** Those of which Temporal may still have something. */
    async unfinished(): Promise<SubmissionId[]> {
      const rows = await db.selectFrom('erasures').select('id').where('forgotten_at', 'is', null).execute();
      return rows.flatMap(({ id }) => parseSubmissionId(id) ?? []);
    },

    /** Temporal has nothing of it any more. */
    async finish(id: SubmissionId, at: string): Promise<void> {
      await db.updateTable('erasures').set({ forgotten_at: at }).where('id', '=', id).execute();
    },
  };
}
