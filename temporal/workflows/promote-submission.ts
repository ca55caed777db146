import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { promoteUpdate } from '../../contract/workflow/commands.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { giveCommand } from '../give-command.ts';
import { awaitedBy } from './awaited-by.ts';

/** Milliseconds for one submission to answer, so that one that is stuck doesn't delay other slots for long. */
const answerTime = 5_000;

/**
 * Whether a submission on the waiting list has the slot afterwards. Repeating it gives the same result.
 *
 * @throws if it didn't answer, and may or may not have the slot
 */
export async function promoteSubmission(client: Client, id: SubmissionId, freedBy: SubmissionId): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  try {
    return await client.connection.withDeadline(Date.now() + answerTime, () =>
      giveCommand(handle, promoteUpdate, { args: [{ freedBy }], updateId: `promote-${freedBy}` }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    // Also the answer of one that has continued as new in between.
    const awaited = await awaitedBy(client, id);
    if (awaited === undefined || awaited.awaits === 'over') return false;
    throw error;
  }
}
