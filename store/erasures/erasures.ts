import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { type Eraser, eraseLine } from './erase-line.ts';

/** @param purge makes deleted data unreadable; throws while it can't */
export function createErasures(db: Database, purge: () => Promise<void>) {
  return {
    /** @param eraser absent when a restore repeats an erasure */
    erase: (id: SubmissionId, at: string, eraser?: Eraser, keptFrom?: readonly string[]): Promise<SubmissionId[]> =>
      eraseLine(db, { id }, at, eraser, keptFrom),

    async all(): Promise<{ id: SubmissionId; at: string; keptFrom: string[] }[]> {
      const rows = await db.selectFrom('erasures').select(['id', 'erased_at', 'kept_from']).execute();
      return rows.map(({ id, erased_at, kept_from }) => ({ id, at: erased_at, keptFrom: JSON.parse(kept_from) }));
    },

    /** They are never forgotten, so another count means another erasure. */
    async count(): Promise<number> {
      const { count } = await db
        .selectFrom('erasures')
        .select((row) => row.fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** Erased submissions that Temporal may still have data of. */
    async unfinished(): Promise<SubmissionId[]> {
      const rows = await db.selectFrom('erasures').select('id').where('forgotten_at', 'is', null).execute();
      return rows.map(({ id }) => id);
    },

    /** Call when Temporal has deleted it. @throws while the database still has deleted data; try again then */
    async finish(id: SubmissionId, at: string): Promise<void> {
      await purge();
      await db.updateTable('erasures').set({ forgotten_at: at }).where('id', '=', id).execute();
    },
  };
}
