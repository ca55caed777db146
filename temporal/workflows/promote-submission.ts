import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { promoteUpdate } from '../../contract/workflow/commands.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { giveCommand } from '../give-command.ts';

/** Whether a submission on the waiting list takes the slot. Repeating the offer gives the same result. */
export async function promoteSubmission(client: Client, id: SubmissionId, freedBy: SubmissionId): Promise<boolean> {
  try {
    const handle = client.workflow.getHandle(workflowIdOf(id));
    return await giveCommand(handle, promoteUpdate, { args: [{ freedBy }], updateId: `promote-${freedBy}` });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
