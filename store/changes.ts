import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import { parseSubmissionId, type SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';
import { parsed } from './parsed.ts';

export type Change =
  | { number: number; id: SubmissionId; kind: 'erased' }
  | { number: number; id: SubmissionId; kind: 'changed'; submission: Submission; state: SubmissionState };

/**
 * What has changed after a number, in the order of the changes: of each submission its last change, as it is now. Whoever
 * goes on from the last number that was given misses none.
 */
export function createChanges(db: Database) {
  return async function changesAfter(number: number, size: number): Promise<Change[]> {
    const changed = await db
      .selectFrom('submissions')
      .select(['id', 'change', 'submission', 'state'])
      .where('change', '>', number)
      .orderBy('change')
      .limit(size)
      .execute();
    const erased = await db
      .selectFrom('erasures')
      .select(['id', 'change'])
      .where('change', '>', number)
      .orderBy('change')
      .limit(size)
      .execute();
    const all = [
      ...changed.flatMap(({ id, change, submission, state }): Change[] => {
        const known = parseSubmissionId(id);
        if (known === undefined) return [];
        return [{ number: change, id: known, kind: 'changed', ...parsed({ submission, state }) }];
      }),
      ...erased.flatMap(({ id, change }): Change[] => {
        const known = parseSubmissionId(id);
        return known === undefined ? [] : [{ number: change, id: known, kind: 'erased' }];
      }),
    ];
    return all.sort((one, other) => one.number - other.number).slice(0, size);
  };
}
