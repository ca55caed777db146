import { upcastState } from '../../contract/lifecycle/upcast.ts';
import { conclusionOf } from '../../contract/record.ts';
import type { SubmissionState } from '../../contract/state.ts';
import type { Submission } from '../../contract/submission.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { mayFollow, toldOf } from '../../contract/told.ts';
import type { Writer } from '../../contract/workflow/recordable.ts';
import type { Database } from '../database.ts';
import { parsed } from '../parsed.ts';

export type Standing = { run: string; revision: number; state: SubmissionState };

export async function findStanding(
  db: Database,
  id: SubmissionId,
): Promise<(Standing & { submission: Submission }) | undefined> {
  const row = await db
    .selectFrom('submissions')
    .select(['run', 'revision', 'state', 'submission'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { run: row.run, revision: row.revision, ...parsed(row) };
}

export function standingIn({ run, revision, state }: Omit<Standing, 'state'> & { state: string }): Standing {
  return { run, revision, state: upcastState(JSON.parse(state)) };
}

/**
 * Where a state belongs: `next` replaces the one on record. `on-record` is there already. `behind`: something else was
 * told, or the record has what its writer doesn't know, since an operator has reset the workflow.
 */
export function placeOf(
  state: SubmissionState,
  { run, known }: Writer,
  standing: Standing | undefined,
): 'next' | 'on-record' | 'behind' {
  if (standing === undefined) return 'next';
  const [told, tells] = [toldOf(standing.state), toldOf(state)];
  // Only the end of a terminated run, which others write for it, may come with a revision that is taken.
  const isEnd = conclusionOf(state) !== undefined && told !== tells;
  if (standing.run === run && isOlder(state, standing.state) && !isEnd) return 'on-record';
  if (!mayFollow(told, tells)) return 'behind';
  return standing.run !== run && standing.revision > known ? 'behind' : 'next';
}

/** A slow write comes after later ones. What was written in a task that Temporal threw away is older, at any revision. */
function isOlder({ changedAt = '', revision }: SubmissionState, recorded: SubmissionState): boolean {
  const { changedAt: last = '' } = recorded;
  return last === changedAt ? recorded.revision >= revision : last > changedAt;
}
