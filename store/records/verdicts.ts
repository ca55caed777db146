import type { StageVerdict } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

export async function writeVerdicts(
  trx: Database,
  id: SubmissionId,
  verdicts: readonly StageVerdict[],
  isNewer: boolean,
): Promise<void> {
  for (const verdict of verdicts) {
    const row = verdictRowOf(id, verdict);
    await trx
      .insertInto('verdicts')
      .values(row)
      .onConflict((conflict) => {
        const sameKey = conflict.column('key');
        return isNewer ? sameKey.doUpdateSet(row) : sameKey.doNothing();
      })
      .execute();
  }
}

export async function findVerdict(db: Database, key: string): Promise<StageVerdict | undefined> {
  const row = await db.selectFrom('verdicts').select('verdict').where('key', '=', key).executeTakeFirst();
  return row && JSON.parse(row.verdict);
}

/** The id of the activity that evaluates a stage is the stage's name. */
function verdictRowOf(id: SubmissionId, verdict: StageVerdict): Tables['verdicts'] {
  return {
    key: `${workflowIdOf(id)}:${verdict.stage}`,
    submission_id: id,
    verdict: JSON.stringify(verdict),
  };
}
