import type { Flag } from '../../contract/flags.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { isSeen, type Sight } from '../sight.ts';

/** `over-limit` names no other submission. */
export type Flagged = { flag: Flag; other?: SubmissionId };

/** A flag names another submission, and is shown only to those who may see that one too. */
export async function flagsOf(
  db: Database,
  ids: readonly SubmissionId[],
  sight: Sight,
): Promise<Map<SubmissionId, Flagged[]>> {
  const flags = new Map<SubmissionId, Flagged[]>();
  if (ids.length === 0) return flags;
  const rows = await db
    .selectFrom('flags')
    .innerJoin('submissions as other', 'other.id', 'flags.other_id')
    .select(['submission_id', 'flag', 'other_id', 'other.parties'])
    .where('submission_id', 'in', ids)
    .orderBy('flag')
    .orderBy('other_id')
    .execute();
  for (const row of rows) {
    if (!isSeen(sight, row)) continue;
    const known = flags.get(row.submission_id) ?? [];
    flags.set(row.submission_id, [...known, flagged(row.flag, row.other_id, row.submission_id)]);
  }
  return flags;
}

/** A flag that names its own submission is about that one alone. */
export function flagged(flag: Flag, other: SubmissionId, own: SubmissionId): Flagged {
  return other === own ? { flag } : { flag, other };
}
